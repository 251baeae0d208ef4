"""Addresses of the logic models: by number, box by key, never by pk."""

from django.urls import path

from logicmodels import views

app_name = "logicmodels"

urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("start/", views.start, name="start"),
    path("booklets/", views.booklets, name="booklets"),
    path("booklets/<str:token>/again/", views.retry_booklet, name="retry_booklet"),
    path("<str:number>/", views.model, name="model"),
    path("<str:number>/words/", views.words, name="words"),
    path("<str:number>/tidy/", views.tidy, name="tidy"),
    path("<str:number>/mend/", views.mend, name="mend"),
    path("<str:number>/back/", views.go, {"way": "back"}, name="back"),
    path("<str:number>/forward/", views.go, {"way": "forward"}, name="forward"),
    path("<str:number>/fix/", views.fix, name="fix"),
    path("<str:number>/assumptions/add/", views.add_assumption, name="add_assumption"),
    path("<str:number>/assumptions/<int:running>/", views.assumption, name="assumption"),
    path("<str:number>/assumptions/<int:running>/remove/", views.remove_assumption, name="remove_assumption"),
    path("<str:number>/nodes/add/<str:column>/", views.add_node, name="add_node"),
    path("<str:number>/nodes/<str:key>/", views.node, name="node"),
    path("<str:number>/nodes/<str:key>/move/", views.move_node, name="move_node"),
    path("<str:number>/nodes/<str:key>/remove/", views.remove_node, name="remove_node"),
    path("<str:number>/nodes/<str:key>/indicators/add/", views.add_indicator, name="add_indicator"),
    path("<str:number>/nodes/<str:key>/indicators/<int:running>/", views.indicator, name="indicator"),
    path(
        "<str:number>/nodes/<str:key>/indicators/<int:running>/remove/",
        views.remove_indicator,
        name="remove_indicator",
    ),
    path("<str:number>/arrows/add/", views.add_arrow, name="add_arrow"),
    path("<str:number>/arrows/<str:source>/<str:target>/", views.arrow, name="arrow"),
    path("<str:number>/arrows/<str:source>/<str:target>/remove/", views.remove_arrow, name="remove_arrow"),
    path("<str:number>/editions/<int:edition>/", views.edition, name="edition"),
    path("<str:number>/final/", views.fix_final, name="final"),
    path("<str:number>/editions/<int:edition>/ask/", views.ask, name="ask"),
    path("<str:number>/editions/<int:edition>/agree/", views.agree, name="agree"),
    path("<str:number>/editions/<int:edition>/files/<str:kind>/", views.export, name="export"),
    path("<str:number>/compare/<int:first>/<int:second>/", views.compare_states, name="compare"),
    path("<str:number>/editions/<int:edition>/papers/", views.order, name="order"),
    path("<str:number>/editions/<int:edition>/papers/<str:size>/", views.paper, name="paper"),
    path("<str:number>/editions/<int:edition>/print/<str:size>/", views.print_page, name="print"),
]

"""The addresses of the TRIPs."""

from django.urls import path

from trips import views

app_name = "trips"

urlpatterns = [
    path("", views.trips, name="list"),
    path("map/<str:key>/", views.lineage_map, name="map"),
    path("paper/<str:kind>/<str:key>/", views.paper, name="paper"),
    path("paper/<str:kind>/<str:key>/pdf/", views.pdf, name="pdf"),
    path("playbook/<str:key>/", views.playbook, name="playbook"),
    path("open/<str:number>/", views.open_one, name="open"),
    path("<str:number>/", views.page, name="page"),
    path("<str:number>/move/<str:name>/", views.move, name="move"),
    path("<str:number>/write/<str:what>/", views.write, name="write"),
    path("<str:number>/write/<str:what>/<int:key>/", views.write, name="write_one"),
    path("<str:number>/reports/<int:running>/", views.report, name="report"),
    path("<str:number>/files/", views.files, name="files"),
]

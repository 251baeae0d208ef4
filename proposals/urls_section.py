"""課のまど: the addresses of the sections' room."""

from django.urls import path

from proposals.views import section

app_name = "section"

urlpatterns = [
    path("", section.home, name="home"),
    path("sheets/<str:number>/<int:running>/", section.sheet, name="sheet"),
    path("sheets/<str:number>/<int:running>/take-back/", section.take_back, name="take_back"),
    path("connect/", section.connect, name="connect"),
    path("connect/<int:section>/", section.connect, name="connect_of"),
    path("connected/", section.hints, name="hints"),
    path("settings/", section.settings, name="settings"),
    path("chart/", section.chart, name="chart"),
    path("sheets/<str:number>/<int:running>/paper/", section.sheet_paper, name="sheet_paper"),
    path("sheets/<str:number>/<int:running>/pdf/", section.sheet_pdf, name="sheet_pdf"),
    path("themes/new/", section.theme_new, name="theme_new"),
    path("themes/new/<int:section>/", section.theme_new, name="theme_new_of"),
    path("themes/<str:number>/", section.theme, name="theme"),
    path("themes/<str:number>/write/", section.theme_write, name="theme_write"),
    path("themes/<str:number>/ask/", section.theme_ask, name="theme_ask"),
    path("themes/<str:number>/close/", section.theme_close, name="theme_close"),
    path(
        "introductions/<str:number>/<int:running>/paper/",
        section.introduction_paper,
        name="introduction_paper",
    ),
    path("introductions/<str:number>/<int:running>/pdf/", section.introduction_pdf, name="introduction_pdf"),
    path("cases/<str:number>/", section.case, name="case"),
    path("cases/<str:number>/gain/<int:section>/", section.gain, name="gain"),
    path("cases/<str:number>/versions/", section.versions, name="versions"),
    path("cases/<str:number>/decide/", section.decide, name="decide"),
    path("cases/<str:number>/decide/rewrite/", section.rewrite, name="rewrite"),
    path("cases/<str:number>/decisions/<int:running>/", section.decision, name="decision"),
    path("cases/<str:number>/consent/", section.consent, name="consent"),
    path("cases/<str:number>/fairness/", section.fairness, name="fairness"),
    path("cases/<str:number>/send-back/", section.send_back, name="send_back"),
    path("cases/<str:number>/conditions/", section.conditions, name="conditions"),
    path("cases/<str:number>/conditions/<int:running>/", section.settle, name="settle"),
    path("cases/<str:number>/conditions/fulfil/", section.fulfil, name="fulfil"),
    path("cases/<str:number>/conditions/lapse/", section.lapse, name="lapse"),
]

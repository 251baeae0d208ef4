"""指標のまど: its addresses; year and day stand in the query."""

from django.urls import path

from kpi import views

app_name = "kpi"

urlpatterns = [
    path("", views.index, name="index"),
    path("cases/<slug:name>/", views.cases, name="cases"),
]

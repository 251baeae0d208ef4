"""The app's name as the screens show it."""

from django.apps import AppConfig


class KpiConfig(AppConfig):
    name = "kpi"
    verbose_name = "指標"

"""The app's name as the screens show it."""

from django.apps import AppConfig


class TripsConfig(AppConfig):
    name = "trips"
    verbose_name = "共創プロジェクト（TRIP）"

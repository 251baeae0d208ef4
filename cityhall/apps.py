"""The app's name as the screens show it."""

from django.apps import AppConfig


class CityHallConfig(AppConfig):
    name = "cityhall"
    verbose_name = "庁内"

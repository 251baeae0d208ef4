"""The app's name as the screens show it, and what each app brings to the ground floor."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CityHallConfig(AppConfig):
    name = "cityhall"
    verbose_name = "庁内"

    def ready(self):
        autodiscover_modules("rights", "panels", "files")

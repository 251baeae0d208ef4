"""The roof as an app (its commands), and the admin that opens on the desk's own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ZamagateConfig(AppConfig):
    name = "zamagate"
    verbose_name = "ZAMA Living Gate"

    def ready(self) -> None:
        from zamagate import checks  # noqa: F401  registers itself


class DeskAdminConfig(admin_apps.AdminConfig):
    default_site = "cityhall.admin_site.DeskSite"

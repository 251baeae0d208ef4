"""What every page knows about this office: its names, its telephone, whether it is a demo."""

from django.conf import settings


def site(request) -> dict:
    """For TEMPLATES: `site.desk`, `site.phone` … of settings.ZAMAGATE_SITE, and `site.demo`."""
    return {"site": office()}


def office() -> dict:
    """The names of settings.ZAMAGATE_SITE, for pages drawn without a request too."""
    return settings.ZAMAGATE_SITE | {"demo": settings.DEMO}

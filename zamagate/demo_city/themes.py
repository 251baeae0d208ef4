"""Eight troubles of the sections, all fictional: six shown, one asked for, one a draft."""

import json
from datetime import timedelta

from django.conf import settings

from proposals.models import Theme
from zamagate.demo_city.clock import before

FILE = settings.BASE_DIR / "zamagate/demo_data/themes.json"


def load(city) -> None:
    """Publish most of the troubles some weeks ago, open until some months from now."""
    for told in json.loads(FILE.read_text()):
        days = _days(told, city)
        department = city.sections[told.pop("department")]
        Theme.objects.get_or_create(
            title=told.pop("title"),
            department=department,
            defaults={**told, **days, "is_fictional": True},
        )


def _days(told: dict, city) -> dict:
    """When it was asked for and shown, and until when; nothing of a draft."""
    if asked := told.pop("asked", None):
        return {"asked_on": before(city.today, asked), "asked_by": city.people["head-toshi"]}
    if opened := told.pop("opened", None):
        shown = before(city.today, opened)
        return {"published_on": shown, "closes_on": shown + timedelta(told.pop("open_for"))}
    return {}

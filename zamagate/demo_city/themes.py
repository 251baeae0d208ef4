"""Six troubles of the sections, all fictional."""

import json
from datetime import timedelta

from django.conf import settings

from proposals.models import Theme
from zamagate.demo_city.clock import before

FILE = settings.BASE_DIR / "zamagate/demo_data/themes.json"


def load(city) -> None:
    """Publish the troubles some weeks ago, open until some months from now."""
    for told in json.loads(FILE.read_text()):
        opened = before(city.today, told.pop("opened"))
        closes = opened + timedelta(told.pop("open_for"))
        department = city.sections[told.pop("department")]
        days = {"published_on": opened, "closes_on": closes}
        Theme.objects.get_or_create(
            title=told.pop("title"),
            department=department,
            defaults={**told, **days, "is_fictional": True},
        )

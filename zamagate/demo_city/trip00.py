"""TRIP 0.0 居住支援: facts of the city's papers alone, dated as far as they are known (domain.md §8c).

Where little of a day is known, `on` only says where the event stands in the order of things.
"""

import json
from datetime import date

from django.conf import settings

from logicmodels import services as models
from logicmodels.models import LogicModel
from logicmodels.services.editions import open_findings
from proposals.models import Organization
from proposals.services.intake import find_organization
from trips import services
from trips.models import Trip

DATA = settings.BASE_DIR / "zamagate/demo_data"
NUMBER = "TRIP-0.0"
ANSWER = "あとから資料を基に描いた図です。当時の値や取り決めは、資料に残る範囲で書いています。"


def load(desk) -> Trip:
    """Enter the journey once, with its logic model as an edition and チーム座間 as its partners."""
    known = Trip.objects.filter(number=NUMBER).first()
    if known:
        return known
    told = json.loads((DATA / "trip00.json").read_text())
    return services.enter_history(
        NUMBER,
        by=desk,
        title=told["title"],
        opened_on=date.fromisoformat(told["opened_on"]),
        events=_dated(told["events"]),
        results=_dated(told["results"]),
        partners=[(_partner(**one), one["role"]) for one in told["partners"]],
        logic_model=fixed_model("logic_model_trip00.json", by=desk, answer=ANSWER),
        is_public=True,
    )


def fixed_model(name: str, *, by, answer: str) -> LogicModel:
    """A logic model of no case, from a file, fixed once as its first edition."""
    content = json.loads((DATA / name).read_text())
    known = LogicModel.objects.filter(proposal=None, title=content["title"]).first()
    if known:
        return known
    model = models.start(None, by=by, title=content["title"])
    models.import_content(model, content, by=by)
    answers = {finding.key: answer for finding in open_findings(model)}
    models.fix_trial(model, by=by, answers=answers)
    return model


def _dated(rows: list[dict]) -> list[dict]:
    return [row | {"on": date.fromisoformat(row["on"])} for row in rows]


def _partner(*, name: str, kind: str, role: str) -> Organization:
    return find_organization(name=name, kind=kind)

"""A journey that was there before the gate (前史), entered from the city's own papers."""

import re
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from logicmodels.models import LogicModel
from proposals.models import Organization
from trips.models import Event, Partner, Result, Trip
from trips.services.recording import note
from trips.workflow import Kind, Phase


@transaction.atomic
def enter_history(
    number: str,
    *,
    by,
    title: str,
    opened_on: date,
    events: Iterable[dict],
    results: Iterable[dict] = (),
    partners: Iterable[tuple[Organization, str]] = (),
    logic_model: LogicModel | None = None,
    is_public: bool = False,
) -> Trip:
    """Enter a journey of the past with its events (columns of Event) and results (columns of Result).

    It has no cases and counts in no figure. Refuses: anybody but the desk, a running number (TRIP-R8-01),
    an event without its source.
    """
    posting = access.require(by, Role.DESK)
    events = list(events)
    _check(number, events)
    trip = Trip.objects.create(
        number=number,
        title=title,
        step=Phase.NEXT,
        step_entered_on=opened_on,
        opened_on=opened_on,
        is_history=True,
        logic_model=logic_model,
        is_public=is_public,
    )
    note(trip, Kind.OPENED, actor=posting, on=opened_on)
    Event.objects.bulk_create(Event(trip=trip, **event) for event in events)
    Result.objects.bulk_create(Result(trip=trip, **result) for result in results)
    Partner.objects.bulk_create(
        Partner(trip=trip, organization=organization, role=role) for organization, role in partners
    )
    return Trip.objects.get(pk=trip.pk)


def _check(number: str, events: list[dict]) -> None:
    if not re.fullmatch(r"TRIP-\d+\.\d+", number):
        raise NotAllowed("前史の番号は、TRIP-0.0 のように書いてください。")
    if not all(event.get("source") for event in events):
        raise NotAllowed("前史の出来事には、出典が必要です。")

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
from trips.models import Event, EventLink, Partner, Result, Trip
from trips.services.links import check_events
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

    It has no cases and counts in no figure. An event may carry a `key`, and `after`: the keys of those that
    led to it and by what one knows; a result the key of its `event`. Refuses: anybody but the desk, a running
    number, an event without its source, and what `check_events` refuses.
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
    known = _enter_events(trip, events)
    born = ({**result, "event": known.get(result.get("event"))} for result in results)
    Result.objects.bulk_create(Result(trip=trip, **columns) for columns in born)
    Partner.objects.bulk_create(
        Partner(trip=trip, organization=organization, role=role) for organization, role in partners
    )
    return Trip.objects.get(pk=trip.pk)


def _enter_events(trip: Trip, events: list[dict]) -> dict[str, Event]:
    """The events by their keys, stored in the order given, with what led to what."""
    told = [{name: it for name, it in event.items() if name not in ("key", "after")} for event in events]
    stored = Event.objects.bulk_create(Event(trip=trip, **columns) for columns in told)
    known = {event["key"]: row for event, row in zip(events, stored, strict=True) if "key" in event}
    links = [
        EventLink(
            source=known[link["key"]], target=row, evidence=link["by"], is_guess=link.get("guess", False)
        )
        for event, row in zip(events, stored, strict=True)
        for link in event.get("after", ())
    ]
    for link in links:
        check_events(link.source, link.target, evidence=link.evidence)
    EventLink.objects.bulk_create(links)
    return known


def _check(number: str, events: list[dict]) -> None:
    if not re.fullmatch(r"TRIP-\d+\.\d+", number):
        raise NotAllowed("前史の番号は、TRIP-0.0 のように書いてください。")
    if not all(event.get("source") for event in events):
        raise NotAllowed("前史の出来事には、出典が必要です。")

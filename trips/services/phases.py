"""The one door through which a TRIP changes its phase, and what becomes of its cases when it never starts."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import Transition
from proposals.services import decisions, matching
from trips.models import Trip, TripCase, TripRecord
from trips.services.recording import note
from trips.workflow import WORKFLOW, Kind


def moves_for(user, trip: Trip) -> list[Transition]:
    """The moves this person may make on the TRIP now, in process order, ready or not."""
    senseless = "rest" if trip.resting_since else "resume"
    return [row for row in WORKFLOW.moves_for(user, trip) if row.name != senseless]


@transaction.atomic
def advance(
    trip: Trip, name: str, *, by, note: str = "", on: date | None = None, version: int | None = None
) -> TripRecord:
    """Move a TRIP to another phase; refuses what the table refuses, and a day before the last one or to come.

    A 中止, before the start or after it, is reported to each of its cases.
    """
    if name == "cancel":
        return cancel_before_start(trip, by=by, on=on, reason=note, version=version)
    on = _checked_day(trip, on)
    record = WORKFLOW.carry_out(trip, name, by=by, note=note, on=on, version=version)
    if name == "stop":
        for case in trip.proposals.order_by("pk"):
            told = {"actor": record.posting, "number": trip.number, "reason": note, "on": on}
            matching.report_stopped(case, **told)
    return record


@transaction.atomic
def cancel_before_start(
    trip: Trip, *, by, on: date | None = None, reason: str, version: int | None = None
) -> TripRecord:
    """Cancel a TRIP that has not started, for all its cases; refuses one that has, and one without a reason.

    A case that travels in another living TRIP as well stays 案件化.
    """
    on = _checked_day(trip, on)
    record = WORKFLOW.carry_out(trip, "cancel", by=by, note=reason, on=on, version=version)
    elsewhere = TripCase.objects.filter(trip__cancelled_on__isnull=True).values("proposal")
    left_alone = trip.trip_cases.filter(proposal__adopted_on__isnull=False).exclude(proposal__in=elsewhere)
    for case in left_alone.select_related("proposal"):
        decisions.cancel_before_start(case.proposal, actor=record.posting, on=on, reason=reason)
    return record


def _checked_day(trip: Trip, on: date | None) -> date:
    on = on or timezone.localdate()
    if not trip.step_entered_on <= on <= timezone.localdate():
        raise NotAllowed("日付は、いまの段階に入った日から今日までの日にしてください。")
    return on


def choose_lead(trip: Trip, *, department: Department, by) -> TripRecord:
    """Name the section that leads; refuses anybody but the desk, history, and a section that is no more."""
    posting = access.require(by, Role.DESK)
    if trip.is_history:
        raise NotAllowed("前史には、担当する課を置きません。")
    if not Department.objects.valid_on(timezone.localdate()).filter(pk=department.pk).exists():
        raise NotAllowed(f"{department}は、いまはない課です。引き継いだ課を選んでください。")
    data = {"department": department.name}
    return note(trip, Kind.LEAD, actor=posting, data=data, department=department)

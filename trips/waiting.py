"""What a TRIP waits for of its section, and until when: reports, milestones, looks back, meeting again."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from proposals.waiting import Waiting
from trips.models import Trip


def waits(sections: Iterable | None = None) -> list[Waiting]:
    """All that TRIPs led by these sections, or by any, wait for; the next first."""
    trips = Trip.objects.with_something_to_do().filter(department__isnull=False)
    if sections is not None:
        trips = trips.filter(department__in=sections)
    trips = trips.select_related("department").prefetch_related("milestones", "reports")
    return sorted((one for trip in trips for one in waits_of(trip)), key=lambda one: (one.due_on, one.key))


def waits_of(trip: Trip) -> Iterator[Waiting]:
    """What one TRIP waits for; while it rests only the day to look at it again counts."""
    if trip.ended_on:
        if trip.recontact_on and not trip.met_again_on:
            yield _one(trip, "recontact", "また会う日", trip.ended_on, trip.recontact_on, "met-again")
        return
    if trip.is_over:
        return
    if trip.review_on:
        yield _one(trip, "review", "ふり返り", trip.step_entered_on, trip.review_on, "review")
    if trip.resting_since:
        return
    for report in trip.reports.all():
        if report.is_to_write:
            yield _one(
                trip, f"report:{report.pk}", str(report), trip.started_on, report.due_on, "report", report.pk
            )
    for milestone in trip.milestones.all():
        if milestone.is_open:
            what, since = f"節目「{milestone}」", trip.opened_on
            planned_on, key = milestone.planned_on, f"milestone:{milestone.pk}"
            yield _one(trip, key, what, since, planned_on, "milestone-done", milestone.pk)


def _one(trip: Trip, key: str, what: str, since: date, due_on: date, *where) -> Waiting:
    return Waiting(
        key=f"trip:{trip.pk}:{key}",
        what=what,
        case=trip,
        department=trip.department,
        since=since,
        due_on=due_on,
        page=reverse("trips:write_one" if len(where) > 1 else "trips:write", args=[trip.number, *where]),
        numbered="共創プロジェクト",
    )

"""TRIPs of the old ledger: opened and kept by the import alone, until a section moves them on (ledger.md)."""

from datetime import date

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.workflow import lock
from proposals.models import Proposal
from proposals.workflow import Kind as CaseKind
from proposals.workflow import Verdict
from trips.models import Trip, TripCase
from trips.services.opening import create, join
from trips.services.recording import note
from trips.workflow import Kind, Phase

LEDGER = ActedAs.LEDGER
CORRECTION = "台帳の訂正"


@transaction.atomic
def open_from_ledger(proposal: Proposal, *, key: str = "", on: date | None = None) -> Trip | None:
    """Give a case of the ledger the TRIP its row names (TRIP番号), or one of its own; None if never 案件化.

    Rows with one `key` share one TRIP, whoever comes first opens it. The same again changes nothing; a
    corrected row moves to its TRIP. `on` is the day of 案件化 (default: the first the case tells). Refuses
    nothing: the import has checked the row.
    """
    proposal = lock(proposal)
    first_on = _first_adopted_on(proposal)
    wanted = (key.strip() or f"案件 {proposal.number}") if first_on else None
    on = on or first_on
    held = TripCase.objects.filter(proposal=proposal, trip__ledger_key__isnull=False)
    for case in held.exclude(trip__ledger_key=wanted).select_related("trip"):
        _leave(case)
    if wanted is None:
        return None
    trip = Trip.objects.filter(ledger_key=wanted).first() or _open(wanted, proposal, on=on)
    case = TripCase.objects.filter(trip=trip, proposal=proposal).first()
    if case is None:
        join(trip, proposal, actor=LEDGER, on=on)
    elif case.joined_on != on:
        TripCase.objects.filter(pk=case.pk).update(joined_on=on)
    return _follow_cases(trip)


def _first_adopted_on(proposal: Proposal) -> date | None:
    """The first day the case was 案件化, be it cancelled or taken up again since."""
    adopted = Q(kind=CaseKind.VERDICT, verdict=Verdict.ADOPTED) | Q(kind=CaseKind.CONDITIONS_MET)
    return proposal.records.effective().filter(adopted).aggregate(first=Min("on"))["first"]


def _open(key: str, proposal: Proposal, *, on: date) -> Trip:
    trip = create(proposal.title, cases=[proposal], on=on, department=proposal.department, ledger_key=key)
    note(trip, Kind.OPENED, actor=LEDGER, on=on)
    return trip


def _leave(case: TripCase) -> None:
    case.delete()
    data = {"case": case.proposal.number}
    note(case.trip, Kind.LEFT, actor=LEDGER, text=CORRECTION, data=data)
    _follow_cases(case.trip)


def _follow_cases(trip: Trip) -> Trip:
    """Take section, first day and 中止 of a TRIP nobody has moved on yet from its cases."""
    trip = lock(trip)
    cases = [case.proposal for case in trip.trip_cases.select_related("proposal__department")]
    first_on = min(trip.trip_cases.values_list("joined_on", flat=True), default=trip.opened_on)
    if first_on != trip.opened_on:
        _correct(trip, Kind.OPENED, on=first_on)
    section = next((case.department for case in cases if case.department), None)
    if section and trip.department is None:
        note(trip, Kind.LEAD, actor=LEDGER, data={"department": section.name}, department=section)
    _follow_end(lock(trip), cases)
    return Trip.objects.get(pk=trip.pk)


def _follow_end(trip: Trip, cases: list[Proposal]) -> None:
    """中止 while none of the cases is 案件化, on the day the last of them ceased to be."""
    if any(case.adopted_on for case in cases):
        if trip.cancelled_on:
            _correct(trip, Kind.REVIVED, of=Kind.CANCELLED, on=trip.cancelled_on, step=Phase.GATE)
        return
    days = [d for c in cases for d in (c.cancelled_on, c.reopened_on, c.verdict_on) if d]
    on = max(days, default=timezone.localdate())
    if trip.step == Phase.GATE:
        note(trip, Kind.CANCELLED, actor=LEDGER, on=on, step=Phase.CANCELLED)
    elif cases and trip.cancelled_on not in (None, on):
        _correct(trip, Kind.CANCELLED, on=on)


def _correct(trip: Trip, kind: Kind, *, on: date, of: Kind | None = None, **changes) -> None:
    wrong = trip.records.effective().filter(kind=of or kind).last()
    note(trip, kind, actor=LEDGER, on=on, text=CORRECTION, supersedes=wrong, **changes)

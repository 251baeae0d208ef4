"""How a TRIP comes to be from adopted cases."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access, calendar, numbers
from cityhall.models import ActedAs, Department, Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Proposal
from proposals.services import matching
from trips.models import Partner, Trip, TripCase
from trips.services.links import link
from trips.services.recording import note
from trips.workflow import Kind


@transaction.atomic
def open_trip(
    *proposals: Proposal,
    by,
    title: str = "",
    on: date | None = None,
    department: Department | None = None,
    parent: Trip | None = None,
    reason: str = "",
    again: bool = False,
) -> Trip:
    """Open a TRIP from adopted cases, led by the section in charge of the first unless another is named.

    Refuses: anybody but the desk, no case, a case that is not 案件化 (趣旨採用 opens none) or travels already
    (unless `again`), a day before a case was adopted or after today, a section that is no more.
    `parent` is the TRIP that led to this one, `reason` how.
    """
    posting = access.require(by, Role.DESK)
    on = on or timezone.localdate()
    cases = _locked(proposals)
    _check_cases(cases, on=on, again=again)
    department = department or cases[0].department
    _check_section(department)
    trip = create(title.strip() or cases[0].title, cases=cases, on=on, department=department)
    note(trip, Kind.OPENED, actor=posting, on=on)
    for case in cases:
        join(trip, case, actor=posting, on=on)
    if parent:
        link(parent, trip, reason=reason, by=by)
    return Trip.objects.get(pk=trip.pk)


@transaction.atomic
def add_case(trip: Trip, proposal: Proposal, *, by, on: date | None = None, again: bool = False) -> None:
    """Let one more adopted case travel; refuses what `open_trip` refuses, and a TRIP that is over."""
    posting = access.require(by, Role.DESK)
    on = on or timezone.localdate()
    trip = lock(trip)
    if trip.is_over or trip.is_history:
        raise NotAllowed(f"{trip.called} には、もう案件を加えられません。")
    cases = _locked([proposal])
    _check_cases(cases, on=on, again=again)
    if TripCase.objects.filter(trip=trip, proposal=proposal).exists():
        raise NotAllowed(f"{proposal.number} は、もうこの共創プロジェクトに入っています。")
    join(trip, cases[0], actor=posting, on=on)


def _locked(proposals) -> list[Proposal]:
    """The cases as given, each locked; in the order of their keys, so that two desks never wait in a ring."""
    if not proposals:
        raise NotAllowed("もとになる案件を1つ以上選んでください。")
    locked = {case.pk: lock(case) for case in sorted(proposals, key=lambda case: case.pk)}
    return [locked[pk] for pk in dict.fromkeys(case.pk for case in proposals)]


def _check_cases(cases: list[Proposal], *, on: date, again: bool) -> None:
    for case in cases:
        if case.adopted_on is None:
            raise NotAllowed(
                f"{case.number} は案件化していません（趣旨採用・開始前の中止を含む）。"
                "共創プロジェクトは、案件化した案件からだけ開けます。"
            )
        if not case.adopted_on <= on <= timezone.localdate():
            raise NotAllowed("開く日は、案件化の日から今日までの日にしてください。")
        travels = TripCase.objects.filter(proposal=case, trip__cancelled_on__isnull=True)
        if not again and (other := travels.select_related("trip").first()):
            raise NotAllowed(f"{case.number} からは、もう {other.trip.number} が開かれています。")


def _check_section(department: Department | None) -> None:
    valid = Department.objects.valid_on(timezone.localdate())
    if department is None or not valid.filter(pk=department.pk).exists():
        raise NotAllowed("主に担当する課を、いまある課から選んでください。")


def create(title: str, *, cases: list[Proposal], on: date, **columns) -> Trip:
    """A TRIP with the next number of the fiscal year; its first record is the caller's to write."""
    year = calendar.fiscal_year(on)
    return Trip.objects.create(
        number=f"TRIP-{calendar.era_year(year)}-{numbers.next_number('trip', year):02}",
        title=title[:200],
        opened_on=on,
        step_entered_on=on,
        is_fictional=any(case.is_fictional for case in cases),
        **columns,
    )


def join(trip: Trip, proposal: Proposal, *, actor: Posting | ActedAs, on: date) -> None:
    """Let a case and its organisation travel, and tell the case; the caller has checked that it may."""
    TripCase.objects.create(trip=trip, proposal=proposal, joined_on=on)
    note(trip, Kind.JOINED, actor=actor, on=on, data={"case": proposal.number})
    Partner.objects.get_or_create(
        trip=trip, organization=proposal.organization, defaults={"role": "提案した団体"}
    )
    matching.report_project(proposal, actor=actor, number=trip.number, on=on)

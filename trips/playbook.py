"""旅の型: what a journey did, step by step with its days, so that the next one can begin from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from cityhall.calendar import add_open_days, count_open_days
from cityhall.closures import closed_days, open_days_between
from cityhall.models import OutgoingMail
from logicmodels.chain import Chain
from logicmodels.models import Edition, LogicModel
from proposals.models import MatchParty, Proposal, ProposalRecord
from proposals.workflow import SIX_STEPS
from proposals.workflow import Step as CaseStep
from trips.models import Event, Partner, Precision, Result, Trip, TripRecord
from trips.workflow import FOUR_PHASES, Kind, Phase

TOLD_FROM = (Phase.RESULT, Phase.NEXT, Phase.ENDED)
MOVES = [Kind.OPENED, Kind.MOVE, Kind.ENDED]
LETTERS = 30


@dataclass(frozen=True)
class Step:
    """One step of the way: when it began, and how many open days passed until the next."""

    name: str
    on: date
    said_on: str
    days: int | None = None
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A letter that was sent on the way, and on which day after the case came."""

    subject: str
    day: int


@dataclass
class Playbook:
    """All that the page and the paper tell of one finished journey (旅の型)."""

    trip: Trip
    steps: list[Step]
    letters: list[Letter] = field(default_factory=list)
    edition: Edition | None = None
    chain: Chain | None = None
    company: list[tuple[str, str, str]] = field(default_factory=list)  # who, its role, its own gain
    reviews: list[Event] = field(default_factory=list)
    born: list[tuple[str, list[Result]]] = field(default_factory=list)


def is_told(trip: Trip) -> bool:
    """A playbook is written out from ③ on: by then the journey was looked back on and brought something."""
    return trip.step in TOLD_FROM and not trip.cancelled_on


def find(user, number: str) -> Playbook | None:
    """The playbook of a TRIP this person may see; None where there is none."""
    trip = Trip.objects.visible_to(user).select_related("department").filter(number=number).first()
    if trip is None or not is_told(trip):
        return None
    case = Proposal.objects.visible_to(user).filter(pk__in=trip.proposals.all()).order_by("pk").first()
    edition = _edition(trip, case, user)
    events, results = list(trip.events.all()), list(trip.results.all())
    return Playbook(
        trip=trip,
        steps=_of_history(events) if trip.is_history else _with_days([*_of_case(case), *_of_trip(trip)]),
        letters=_letters(case),
        edition=edition,
        chain=Chain(edition.content) if edition else None,
        company=_company(trip, case),
        reviews=[event for event in events if event.is_review],
        born=[(kind.label, [one for one in results if one.kind == kind]) for kind in Result.Kind],
    )


# --- steps and days ----------------------------------------------------------------


def _of_case(case: Proposal | None) -> list[Step]:
    """The first day of each of the six steps; what was gone through twice counts from its first time."""
    if case is None:
        return []
    moves = ProposalRecord.objects.effective().filter(subject=case).exclude(target="").order_by("on", "place")
    first = {}
    for on, target in moves.values_list("on", "target"):
        first.setdefault(target, on)
    return [_step(CaseStep(step).label, first[step]) for step in SIX_STEPS if step in first]


def _of_trip(trip: Trip) -> list[Step]:
    moves = trip.records.effective().filter(kind__in=MOVES).order_by("on", "place")
    first = {}
    for on, target in moves.values_list("on", "target"):
        first.setdefault(target, on)
    return [
        _step(f"旅の{phase.label}", first[phase]) for phase in (*FOUR_PHASES, Phase.ENDED) if phase in first
    ]


def _of_history(events: list[Event]) -> list[Step]:
    """Of a journey of the past the phases with what happened in them, as exactly as it is known."""
    found = []
    for phase in FOUR_PHASES:
        here = [event for event in events if event.phase == phase]
        known = [event for event in here if event.precision != Precision.UNKNOWN]
        if known:
            what = tuple(event.short or event.text for event in here)
            found.append(Step(f"旅の{phase.label}", known[0].on, known[0].said_on, what=what))
    return found


def _step(name: str, on: date) -> Step:
    return Step(name, on, "")


def _with_days(steps: list[Step]) -> list[Step]:
    """Each with the open days until the next one began."""
    steps = sorted(steps, key=lambda step: step.on)
    nexts = [step.on for step in steps[1:]]
    return [
        Step(step.name, step.on, "", days=open_days_between(step.on, then) if then else None)
        for step, then in zip(steps, [*nexts, None], strict=True)
    ]


def way_marks(trip: Trip, user) -> tuple[Trip, list[tuple[str, date]]] | None:
    """The newest told parent, and when this TRIP's phases would begin at its pace, in two statements."""
    told = TripRecord.objects.effective().filter(
        subject__in=Trip.objects.visible_to(user).filter(step__in=TOLD_FROM, is_history=False),
        subject__links_down__child=trip,
        kind__in=MOVES,
    )
    moves = list(told.select_related("subject").order_by("subject", "on", "place"))
    if not moves:
        return None
    parent, first, closed = moves[-1].subject, {}, closed_days()
    for record in moves:
        if record.subject_id == parent.pk:
            first.setdefault(record.target, record.on)
    phases = [phase for phase in FOUR_PHASES if phase in first]
    paces = [count_open_days(first[phases[0]], first[phase], closed) for phase in phases]
    days = [add_open_days(trip.opened_on, max(0, pace), closed) for pace in paces]
    return parent, [(f"旅の{phase.label}", day) for phase, day in zip(phases, days, strict=True)]


# --- the rest ----------------------------------------------------------------------


def _letters(case: Proposal | None) -> list[Letter]:
    """What was written to whom by the desk, each subject once, on its open day since the case came."""
    if case is None:
        return []
    letters = OutgoingMail.objects.filter(about=case.number, state=OutgoingMail.State.SENT)
    sent, first = letters.order_by("created_at"), {}
    for subject, at in sent.values_list("subject", "created_at"):
        first.setdefault(subject.partition("（")[0].replace(case.number, "").strip("　 "), at.date())
    came = case.received_on or case.first_contact_on
    return [Letter(name, max(0, open_days_between(came, on))) for name, on in list(first.items())[:LETTERS]]


def _edition(trip: Trip, case: Proposal | None, user) -> Edition | None:
    """The newest edition this person may see, of the TRIP's own model or of its case's."""
    its_own = Q(model=trip.logic_model_id) if trip.logic_model_id else Q(pk=None)
    seen = Q(model__in=LogicModel.objects.visible_to(user)) | (its_own if trip.is_public else Q(pk=None))
    of_case = Q(model__proposal=case) if case else Q(pk=None)
    editions = Edition.objects.filter(seen, its_own | of_case)
    return editions.select_related("model").order_by("-fixed_at").first()


def _company(trip: Trip, case: Proposal | None) -> list[tuple[str, str, str]]:
    """Who travelled along in which role, and what each side of the match had of it."""
    partners: Iterable[Partner] = trip.partners.select_related("organization__merged_into")
    found = {str(partner): (str(partner), partner.role, "") for partner in partners}
    parties = MatchParty.objects.filter(match__proposal=case) if case else MatchParty.objects.none()
    for party in parties.select_related("department", "resource__organization"):
        if party.resource and not party.resource.is_shown:
            continue
        who = party.department or party.resource or case.organization
        found[str(who)] = (str(who), party.part or party.get_role_display(), party.gain)
    return list(found.values())

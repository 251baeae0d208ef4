"""The four phases as the page shows them: what was, what is, and what the next one still asks for."""

from collections.abc import Iterable

from cityhall.templatetags.zama import circled, short_date
from proposals.models import Proposal
from trips.models import Event, Precision, Trip, TripRecord
from trips.workflow import FOUR_PHASES, PHASE_WORDS, WORKFLOW, Phase

NAMES = {phase: phase.label[1:] for phase in FOUR_PHASES}


def cells(
    trip: Trip, *, records: Iterable[TripRecord], cases: list[Proposal], missing: list[str]
) -> list[dict]:
    """One cell a phase: name, words, state (done, now, later) and what there is to say."""
    moves = (record for record in records if record.source and record.source != record.target)
    entered = {record.target: record.on for record in moves}  # newest first: the first day stays
    reached = max((FOUR_PHASES.index(phase) for phase in entered if phase in FOUR_PHASES), default=0)
    found = []
    for place, phase in enumerate(FOUR_PHASES):
        now = trip.step == phase
        lines = _first_days(cases) if phase == Phase.GATE else _since(entered.get(phase), now)
        found.append(
            _cell(phase, "now" if now else "done" if place <= reached else "later", lines)
            | {"missing": "／".join(missing) if place == reached + 1 and not trip.is_over else ""}
        )
    return found


def history_cells(events: list[Event]) -> list[dict]:
    """The same of a journey of the past: the years each phase took, and what happened last in it."""
    found = []
    for phase in FOUR_PHASES:
        dated = [e.on.year for e in events if e.phase == phase and e.precision != Precision.UNKNOWN]
        years = [f"{year}年" for year in sorted({min(dated), max(dated)})] if dated else []
        cell = _cell(phase, "done", ["〜".join(years)] if years else [])
        found.append(cell | {"ended": next((e.text for e in reversed(events) if e.phase == phase), "")})
    return found


def _cell(phase: Phase, state: str, lines: list[str]) -> dict:
    return {
        "mark": circled(FOUR_PHASES.index(phase) + 1),
        "name": NAMES[phase],
        "words": PHASE_WORDS[phase],
        "state": state,
        "lines": lines,
    }


def _first_days(cases: list[Proposal]) -> list[str]:
    if not cases:
        return []
    adopted = [case.adopted_on or case.verdict_on for case in cases]
    first = f"{short_date(min(case.first_contact_on for case in cases))} はじめての相談"
    return [first, *(f"{short_date(day)} 案件化" for day in sorted(filter(None, adopted))[:1])]


def _since(day, now: bool) -> list[str]:
    return [f"{short_date(day)}から" + ("　いまここ" if now else "")] if day else []


def missing_for_next(trip: Trip) -> list[str]:
    """What the next phase still asks for, in words."""
    forward = next(WORKFLOW.from_step(trip.step), None)
    return forward.guard(trip) if forward and not trip.is_history else []

"""What a row of the 受付台帳 tells of a case: things that happened, in order, and the step they lead to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cityhall.models import ActedAs, Department
from proposals.facts import Facts
from proposals.ledger.rows import Row
from proposals.workflow import Kind, Step, Verdict

COURSE = "course"  # the verdicts and what follows from them: their order on one day matters
CLOSED = {
    Verdict.ADOPTED: Step.ADOPTED,
    Verdict.IN_PRINCIPLE: Step.IN_PRINCIPLE,
    Verdict.DECLINED: Step.DECLINED,
    Verdict.WITHDRAWN: Step.WITHDRAWN,
    Verdict.OUT_OF_SCOPE: Step.OUT_OF_SCOPE,
    Verdict.CONTINUED: Step.MATCHING,
}


@dataclass(frozen=True)
class Event:
    """One thing a row tells (台帳の出来事); `slot` finds its record again when the row comes corrected."""

    acted_as: ClassVar[str] = ActedAs.LEDGER

    slot: str
    kind: Kind
    on: date
    verdict: str = ""
    department: Department | None = None
    source: str = ""
    target: str = ""


def events(row: Row, department: Department | None = None) -> list[Event]:
    """What the row tells, in order: arrival, section, the course of its verdicts, where it went."""
    told = [
        Event("first_contact", Kind.FIRST_CONTACT, row.first_contact_on),
        Event("received", Kind.RECEIVED, row.received_on),
        Event("coordination", Kind.COORDINATION, row.coordination_started_on),
        *(Event(f"{COURSE}{n}", *what) for n, what in enumerate(_course(row))),
    ]
    told = [event for event in told if event.on]
    if department:
        told.append(Event("lead", Kind.LEAD, row.department_on, department=department))
    return told + _ending(row, max(event.on for event in told))


def _course(row: Row) -> Iterator[tuple]:
    last = [(Kind.CONDITIONS_MET, row.conditions_met_on), (Kind.CANCELLED, row.cancelled_on)]
    after_last = sorted((on, order, kind) for order, (kind, on) in enumerate(last) if on)
    follows = [(kind, on) for on, _, kind in after_last]
    if row.verdict:
        yield Kind.VERDICT, row.verdict_on, row.verdict
        yield from [] if row.second_verdict else follows
    if row.reopened_on:
        yield Kind.REOPENED, row.reopened_on
    if row.second_verdict:
        yield Kind.VERDICT, row.second_verdict_on, row.second_verdict
        yield from follows


def _ending(row: Row, last_day: date) -> list[Event]:
    """A double or a case sent elsewhere; the ledger holds no day for it, so the row's last day stands in."""
    if row.duplicate_of:
        return [Event("ending", Kind.MERGED, last_day)]
    return [Event("ending", Kind.HANDED_ON, last_day)] if row.handed_on_to else []


def step_after(facts: Facts) -> Step:
    """The step a ledger row stands at when this is known of it (ledger.md, "What a row becomes")."""
    if facts.merged_on or facts.transferred_on:
        return Step.MERGED if facts.merged_on else Step.HANDED_ON
    if facts.verdict == Verdict.CONDITIONAL:
        return Step.ADOPTED if facts.conditions_met_on else Step.CONDITIONS
    if facts.verdict:
        return CLOSED[facts.verdict]
    if facts.received_on is None:
        return Step.INTAKE
    return Step.HEARING if facts.coordination_started_on or facts.reopened_on else Step.SORTING


def with_steps(in_order: Iterable[Event]) -> list[Event]:
    """The events, each with the step before and after it."""
    facts, source, stepped = Facts(), Step.INTAKE, []
    for event in in_order:
        facts.take(event)
        target = step_after(facts)
        stepped.append(replace(event, source=source, target=target))
        source = target
    return stepped


def entered_on(stepped: list[Event]) -> date:
    """The day on which the case came to the step it stands at."""
    day = stepped[-1].on
    for event in reversed(stepped):
        if event.target != stepped[-1].target:
            break
        day = event.on
    return day

"""From the trail of a case to its days in each step with each holder: a pure walk along its records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cityhall.models import ActedAs
from proposals.workflow import OPEN, Holder, Kind, Step

# these move nothing, and may be written down long after their day; an undone move was none
BESIDE = (Kind.NOTE, Kind.CONTACT, Kind.UNDONE)


@dataclass(frozen=True)
class Span:
    """A stretch of days in one step with one holder (区間); without `left_on` it lasts still."""

    step: str
    holder: str
    entered_on: date
    left_on: date | None = None
    is_known: bool = True  # not so between two entries of the old ledger, which knows no steps


def spans(records: Iterable, *, until: date) -> list[Span]:
    """The spans of a case up to a day, from all its records (corrected ones too), in order of the days."""
    found: list[Span] = []
    span, by_ledger = None, False
    for record, step, holder in _changes(records, until):
        if span and (step, holder) == (span.step, span.holder):
            continue
        now_by_ledger = record.acted_as == ActedAs.LEDGER
        if span:
            found.append(replace(span, left_on=record.on, is_known=not (by_ledger and now_by_ledger)))
        span, by_ledger = Span(step, holder, record.on), now_by_ledger
    return [s for s in [*found, span] if s and s.step in OPEN and s.is_known]


def _changes(records: Iterable, until: date) -> Iterator[tuple]:
    """Each effective record that may change step or holder, with the step and holder after it."""
    every = {record.pk: record for record in records}
    corrected = {record.supersedes_id for record in every.values()}
    told = [r for r in every.values() if r.pk not in corrected and r.on <= until and r.kind not in BESIDE]
    step, holder = Step.INTAKE, Holder.DESK
    for record in sorted(told, key=lambda r: (r.on, r.place)):
        teller = _teller(record, every)
        if teller.source and teller.source != teller.target:
            step, holder = teller.target, teller.holder
        elif teller.target == step and teller.holder:
            holder = teller.holder
        yield record, step, holder


def _teller(record, every: dict):
    """The record that tells the move: a correction of a day keeps the move of the record it corrects."""
    while not record.source and record.supersedes_id and every[record.supersedes_id].kind == record.kind:
        record = every[record.supersedes_id]
    return record

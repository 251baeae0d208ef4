"""What the proposer may know of a case: its trail up to a verdict that nobody has announced yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cityhall.models import ActedAs
from proposals.models import Proposal
from proposals.spans import Span, spans
from proposals.workflow import HOLDER_AT, OPEN, SIX_STEPS, TO_ANNOUNCE, Holder, Kind, Step

# after one of these no verdict before it is secret any more: it was told, or no longer holds
CLEARING = {Kind.ANNOUNCED, Kind.REOPENED, Kind.HANDED_ON, Kind.MERGED}
SECRET = {Step.CONDITIONS, Step.ADOPTED, Step.IN_PRINCIPLE, Step.DECLINED}  # until announced


@dataclass(frozen=True)
class Told:
    """Where a case stands for its proposer; while a verdict is pending, where it stood before it."""

    step: str
    holder: str
    since_on: date
    spans: list[Span]
    verdict: str = ""  # the one announced last, unless the case was taken up again or left since
    is_pending: bool = False

    @property
    def is_open(self) -> bool:
        return self.is_pending or self.step in OPEN

    @property
    def place(self) -> int:
        """Which of the six steps the case is in, or was in last."""
        if self.is_pending or self.step in SECRET:
            return len(SIX_STEPS)
        been = [self.step, *(span.step for span in reversed(self.spans)), Step.INTAKE]
        return next(SIX_STEPS.index(step) for step in been if step in SIX_STEPS) + 1


def told(case: Proposal) -> Told:
    """What the proposer may know of the case now."""
    records = list(case.records.all())
    pending, verdict = _untold(records)
    known = [r for r in records if pending is None or r.place < pending.place]
    known = [r for r in known if "double" not in r.data]  # the first contact of another's case is not theirs
    been = spans(known, until=timezone.localdate())
    if pending is None and (verdict or case.step not in SECRET or case.announced_on):
        since_on = case.holder_since_on if case.is_open else case.step_entered_on
        if verdict and not case.is_open:
            since_on = case.announced_on or since_on
        return Told(case.step, case.holder, since_on, been, verdict)
    last = been[-1] if been else Span(Step.DECISION, Holder.DECIDER, case.first_contact_on)
    holder = HOLDER_AT.get(last.step, last.holder)  # whatever was asked or answered meanwhile
    return Told(last.step, holder, last.entered_on, been, verdict, is_pending=True)


def merged_number(case: Proposal) -> str:
    """Into which case it was merged, told only to the organisation whose case that is; else empty."""
    into = case.merged_into
    return into.number if into and into.organization_id == case.organization_id else ""


def _untold(records: Iterable):
    """The first verdict of the section that nobody has announced yet, or None; the verdict announced last."""
    pending, verdict = None, ""
    corrected = {record.supersedes_id for record in records}
    for record in sorted(records, key=lambda record: record.place):
        if record.pk in corrected:
            continue
        if _clears(record):
            pending, verdict = None, record.verdict if record.kind == Kind.ANNOUNCED else ""
        elif record.kind in (Kind.VERDICT, Kind.CONDITIONS_MET) and record.acted_as != ActedAs.LEDGER:
            pending = pending or record
    return pending, verdict


def _clears(record) -> bool:
    """Whether all that was decided before is public now, or holds no longer."""
    left = record.kind == Kind.VERDICT and record.verdict not in TO_ANNOUNCE
    return left or record.kind in CLEARING

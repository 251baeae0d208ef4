"""What the trail of a case says: one pure fold, used by services, import, figures and tests alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cityhall.models import ActedAs
from proposals.workflow import Kind, Verdict

CLOSING = set(Verdict) - {Verdict.CONTINUED}


@dataclass
class Facts:
    """The days and the verdict of a case, as its records tell them (ledger.md)."""

    first_contact_on: date | None = None
    received_on: date | None = None
    coordination_started_on: date | None = None
    verdict: str = ""
    verdict_on: date | None = None
    conditions_met_on: date | None = None
    cancelled_on: date | None = None
    reopened_on: date | None = None
    adopted_on: date | None = None
    transferred_on: date | None = None
    merged_on: date | None = None
    announced_on: date | None = None

    @property
    def is_closed(self) -> bool:
        return self.verdict in CLOSING

    def take(self, record) -> None:
        """Let one record, later than all taken so far, change the facts."""
        teller = getattr(self, f"_{record.kind}", None)
        if teller:
            teller(record)

    def _first_contact(self, record) -> None:
        self.first_contact_on = min(filter(None, (self.first_contact_on, record.on)))

    def _contact(self, record) -> None:
        self._first_contact(record)

    def _received(self, record) -> None:
        self.received_on = self.received_on or record.on

    def _coordination(self, record) -> None:
        self.coordination_started_on = self.coordination_started_on or record.on

    def _verdict(self, record) -> None:
        self.verdict, self.verdict_on = record.verdict, record.on
        self.conditions_met_on = self.cancelled_on = None
        self.announced_on = _told_long_ago(record)
        self.adopted_on = record.on if record.verdict == Verdict.ADOPTED else None

    def _conditions_met(self, record) -> None:
        self.conditions_met_on, self.announced_on = record.on, _told_long_ago(record)
        if self.verdict == Verdict.CONDITIONAL and not self.cancelled_on:
            self.adopted_on = record.on

    def _cancelled(self, record) -> None:
        self.cancelled_on, self.adopted_on = record.on, None

    def _reopened(self, record) -> None:
        self.reopened_on = record.on
        self.verdict, self.verdict_on = "", None
        self.conditions_met_on = self.cancelled_on = self.adopted_on = self.transferred_on = None
        self.merged_on = self.announced_on = None

    def _handed_on(self, record) -> None:
        self.transferred_on = record.on

    def _merged(self, record) -> None:
        self.merged_on = record.on

    def _announced(self, record) -> None:
        if record.verdict == result(self):  # what was told before a later verdict tells nothing of it
            self.announced_on = record.on


def _told_long_ago(record) -> date | None:
    """The day of what the old ledger decided: its proposer knows."""
    return record.on if record.acted_as == ActedAs.LEDGER else None


def result(told) -> str:
    """What the verdict of facts or of a case comes to: a 条件付採用 whose conditions are met is an 採用."""
    is_met = told.verdict == Verdict.CONDITIONAL and told.conditions_met_on
    return Verdict.ADOPTED if is_met else told.verdict


def fold(records: Iterable, *, until: date | None = None) -> Facts:
    """The facts as of a day: what happened on or before it, corrections applied, in order of the days.

    `records` are the records of one case that no later record supersedes.
    """
    happened = [r for r in records if until is None or r.on <= until]
    facts = Facts()
    for record in sorted(happened, key=lambda r: (r.on, r.place)):
        facts.take(record)
    return facts


FACT_KINDS = [
    Kind.FIRST_CONTACT,
    Kind.CONTACT,
    Kind.RECEIVED,
    Kind.COORDINATION,
    Kind.VERDICT,
    Kind.CONDITIONS_MET,
    Kind.CANCELLED,
    Kind.REOPENED,
    Kind.HANDED_ON,
    Kind.MERGED,
    Kind.ANNOUNCED,
]

"""What the trail of a TRIP says of its days: one pure fold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trips.workflow import Kind, Phase


@dataclass
class Facts:
    """The days of a TRIP, as its records tell them: it starts the day it first enters phase ②."""

    opened_on: date | None = None
    started_on: date | None = None
    cancelled_on: date | None = None
    resting_since: date | None = None
    ended_on: date | None = None

    def take(self, record) -> None:
        """Let one record, later than all taken so far, change the facts."""
        if record.kind == Kind.OPENED:
            self.opened_on = record.on
        elif record.kind == Kind.CANCELLED:
            self.cancelled_on = record.on
        elif record.kind in (Kind.ENDED, Kind.STOPPED):
            self.ended_on, self.resting_since = record.on, None
        elif record.kind in (Kind.RESTED, Kind.RESUMED):
            self.resting_since = record.on if record.kind == Kind.RESTED else None
        elif record.target == Phase.TRIAL:
            self.started_on = self.started_on or record.on


def fold(records: Iterable) -> Facts:
    """The facts as of now: corrections applied, in order of the days."""
    facts = Facts()
    for record in sorted(records, key=lambda r: (r.on, r.place)):
        facts.take(record)
    return facts

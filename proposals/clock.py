"""A section's own days: open days from asked to answered, without those in which it had to wait itself.

The one place that counts them: pages, letters, lists and figures ask here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cityhall import calendar


@dataclass(frozen=True)
class Pause:
    """A time in which the days do not run (止まっているあいだ), still on without an end.

    As everywhere the first day is not of it, the last is: open days d with first < d ≤ last. `due_on` is
    until when the proposer was asked to reply.
    """

    first: date
    last: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Clock:
    """How a sheet stands in time: its own open days so far, its due date as moved, the pause it rests in."""

    days: int
    due_on: date
    pause: Pause | None = None
    paused_days: int = 0

    @property
    def is_paused(self) -> bool:
        return self.pause is not None

    def is_late(self, today: date) -> bool:
        """Past its due date, and not waiting for somebody else."""
        return not self.is_paused and self.due_on < today


def read(
    asked_on: date,
    due_on: date,
    *,
    until: date,
    pauses: Iterable[Pause] = (),
    closed: frozenset[date] = frozenset(),
    is_open: bool = True,
) -> Clock:
    """The clock of a sheet on the day `until`: today, or the day it was answered."""
    pauses = list(pauses)
    rests = _apart(pauses, asked_on, until)
    paused = 0
    for first, last in rests:
        days = calendar.count_open_days(first, last, closed)
        paused += days
        if first <= due_on:  # what pauses after the due date forgives nothing
            due_on = calendar.add_open_days(due_on, days, closed)
    return Clock(
        days=calendar.count_open_days(asked_on, until, closed) - paused,
        due_on=due_on,
        pause=next((pause for pause in pauses if pause.last is None), None) if is_open else None,
        paused_days=paused,
    )


def _apart(pauses: Iterable[Pause], first: date, last: date) -> list[tuple[date, date]]:
    """The pauses inside a time, in order; those that overlap are one."""
    found: list[tuple[date, date]] = []
    for start, end in sorted((max(p.first, first), min(p.last or last, last)) for p in pauses):
        if found and start <= found[-1][1]:
            start, end = found[-1][0], max(end, found.pop()[1])
        if start < end:
            found.append((start, end))
    return found

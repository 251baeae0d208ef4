"""The days of the demo city: counted back from today in open days, and lived through one by one."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.utils import timezone

from cityhall import calendar


def before(today: date, open_days: int) -> date:
    """The open day this many open days before today (0: today, or the last open day before it)."""
    days = calendar.open_days()
    return days[bisect_right(days, today) - 1 - open_days]


@contextmanager
def living_on(day: date) -> Iterator[None]:
    """Let the services take this day for today, at ten in the morning, or now if that is still to come.

    Services ask `django.utils.timezone` for the time; the demo alone answers for it, and puts it back.
    """
    now = timezone.now
    moment = min(now(), datetime.combine(day, time(10), calendar.TOKYO))
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = now

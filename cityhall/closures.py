"""The city's own closed days, for the calendar's pure functions."""

from datetime import date

from cityhall import calendar
from cityhall.models import ClosedDay


def closed_days() -> frozenset[date]:
    """The days this city closes beyond weekends, holidays and 12/29–1/3."""
    return frozenset(ClosedDay.objects.values_list("on", flat=True))


def open_days_between(first: date, last: date) -> int:
    """開庁日(first, last): the open days d with first < d ≤ last, city closures left out."""
    return calendar.count_open_days(first, last, closed_days())


def due_after(day: date, open_days: int) -> date:
    """The day that lies this many open days after `day`."""
    return calendar.add_open_days(day, open_days, closed_days())

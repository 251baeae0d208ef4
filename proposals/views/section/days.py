"""Days as this room counts them: from today, in open days."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cityhall import calendar, closures
from cityhall.templatetags.zama import short_date


@dataclass(frozen=True)
class Due:
    """A deadline, and how far it is in open days (期限)."""

    on: date | None
    left: int = 0
    is_late: bool = False

    @property
    def day(self) -> str:
        return short_date(self.on) or "決まっていません"

    @property
    def words(self) -> str:
        return f"{self.day}まで" if self.on else self.day

    @property
    def note(self) -> str:
        """あと3開庁日, 今日まで, 3開庁日 超過."""
        if self.on is None:
            return ""
        if self.is_late:
            return f"{-self.left}開庁日 超過" if self.left else "期限を過ぎました"
        return f"あと{self.left}開庁日" if self.left else "今日まで"


class Today:
    """Today, with the city's closed days read once for a page."""

    def __init__(self, closed: frozenset[date] | None = None):
        self.day = timezone.localdate()
        self.closed = closures.closed_days() if closed is None else closed

    def due(self, on: date | None) -> Due:
        """How far a deadline is."""
        if on is None:
            return Due(None)
        return Due(on, calendar.count_open_days(self.day, on, self.closed), on < self.day)

    def since(self, day: date) -> str:
        """8開庁日たちました, or 今日から."""
        passed = calendar.count_open_days(day, self.day, self.closed)
        return f"{passed}開庁日たちました" if passed > 0 else "今日から"

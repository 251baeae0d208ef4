"""One thing that happened, as a dossier tells it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from cityhall import calendar
from proposals.dossier.rows import Rows
from proposals.models import ProposalRecord

LAST = 10_000  # behind the records of the same moment
LONG, LINE = 14, 40  # lines of an entry that may run over to the next page; signs of a line


@dataclass(frozen=True)
class Entry:
    """Its day, what it was, who did it, and its words as term and value."""

    on: date
    at: datetime
    order: int
    kind: str
    title: str
    who: str
    rows: Rows = field(default_factory=list)
    mark: str = ""
    record_id: int | None = None  # the record it is told under

    @property
    def month(self) -> str:
        """令和8年6月."""
        return calendar.wareki(self.on).partition("月")[0] + "月"

    @property
    def is_long(self) -> bool:
        return len(self.rows) + sum(len(value) // LINE for _, value in self.rows) > LONG


def under(record: ProposalRecord, rows: Rows) -> Entry:
    """What a record is about, told under it."""
    return Entry(record.on, record.entered_at, 0, "", "", "", rows, record_id=record.pk)


def alone(
    at: datetime, kind: str, title: str, who, rows: Rows, *, on: date | None = None, order=LAST
) -> Entry:
    """What no record stands for."""
    return Entry(on or calendar.jst_date(at), at, order, kind, title, str(who or ""), rows)

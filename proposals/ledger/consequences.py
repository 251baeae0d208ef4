"""What becomes of each row of a ledger about to be taken in, in words: also what the figures will show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cityhall import calendar
from proposals.ledger.report import Outcome, Reading
from proposals.ledger.rows import Row
from proposals.workflow import Verdict

COLUMNS = ("件名", "初回相談日", "受付日", "庁内調整開始日", "判断")
DECIDED = {verdict.label for verdict in Verdict} - {Verdict.CONTINUED.label}
FATE = {
    Outcome.REFUSED: "入りません。",
    Outcome.NEW: "新しく入ります。",
    Outcome.CHANGED: "変わります。",
    Outcome.SAME: "同じです。何もしません。",
}


@dataclass(frozen=True)
class Cell:
    """A cell as it was and will be (欄); `was` only where it changes, `is_wrong` where it is refused."""

    value: str
    was: str | None = None
    is_wrong: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it stays in one line, as a day does."""
        return len(self.value) <= 10


@dataclass(frozen=True)
class Line:
    """A row of the preview (確かめる行)."""

    line: int
    key: str
    outcome: Outcome
    cells: list[Cell]
    fate: str
    says: list[str]

    @property
    def needs_care(self) -> bool:
        return self.outcome in (Outcome.REFUSED, Outcome.CHANGED)


def line_of(outcome: Outcome, reading: Reading, typed: dict[str, str], stored: dict | None, closed) -> Line:
    """The row as it is shown before it is taken in; `closed` are the city's own closed days."""
    values = reading.row.as_values() if reading.row else typed
    wrong = {problem.column for problem in reading.problems}
    cells = [
        _cell(values.get(heading, ""), heading, stored, outcome, heading in wrong) for heading in COLUMNS
    ]
    return Line(
        reading.line,
        reading.key,
        outcome,
        cells,
        FATE[outcome],
        list(_says(outcome, reading, stored, closed)),
    )


def _cell(value: str, heading: str, stored: dict | None, outcome: Outcome, is_wrong: bool) -> Cell:
    was = stored.get(heading, "") if stored and outcome == Outcome.CHANGED else value
    return Cell(value, was if was != value else None, is_wrong)


def _says(outcome: Outcome, reading: Reading, stored: dict | None, closed) -> Iterator[str]:
    if outcome == Outcome.REFUSED:
        yield from map(str, reading.problems)
    if outcome == Outcome.CHANGED:
        yield from _changes(reading.row, stored, closed)


def _changes(row: Row, stored: dict, closed) -> Iterator[str]:
    values = row.as_values()
    changed = [heading for heading, value in values.items() if stored.get(heading, "") != value]
    if not changed:
        yield "備考だけです。"
        return
    if set(changed) == {"件名"}:
        yield "件名だけです。"
    elif hidden := [heading for heading in changed if heading not in COLUMNS]:
        yield (
            "、".join(
                f"{heading}：{stored.get(heading) or '空欄'} → {values[heading] or '空欄'}"
                for heading in hidden
            )
            + "。"
        )
    before, after = _days(stored, closed), _days(values, closed)
    if before != after:
        yield f"初回相談から庁内調整まで {before} → {after}。"
    yield from _decided(stored, values)


def _days(values: dict, closed) -> str:
    first, started = values.get("初回相談日"), values.get("庁内調整開始日")
    if not (first and started):
        return "まだ"
    return f"{calendar.count_open_days(date.fromisoformat(first), date.fromisoformat(started), closed)}開庁日"


def _decided(before: dict, after: dict) -> Iterator[str]:
    was, now = ((values.get("再判断") or values.get("判断", "")) in DECIDED for values in (before, after))
    if was != now:
        yield f"指標の「判断済み」が1つ{'増えます' if now else '減ります'}。"

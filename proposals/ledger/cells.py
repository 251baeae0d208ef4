"""How a cell of a table is read: a reader gives its value or says in Japanese what is wrong with it."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import EnumType

from cityhall import calendar, text
from cityhall.tables import EXTRA, Table, UnreadableTable

YEARS = range(calendar.FIRST.year, calendar.LAST.year)  # a deadline may still follow the last day


@dataclass(frozen=True)
class Problem:
    """Why a row is refused (拒否の理由): the column, and a sentence on what to mend."""

    column: str
    reason: str

    def __str__(self):
        return f"{self.column}：{' '.join(self.reason.split())}"


@dataclass(frozen=True)
class Column:
    """A column (列): its heading, the attribute of a Row, how a cell is read, what an empty cell means."""

    heading: str
    name: str
    read: Callable
    empty: object = ""
    is_needed: bool = False


def line(longest: int) -> Callable[[str], str]:
    """A reader of one line kept as typed; refuses a longer one."""

    def read(cell: str) -> str:
        typed = text.clean(cell)
        if len(typed) > longest:
            raise ValueError(f"{longest}字までにしてください（いま{len(typed)}字）。")
        return typed

    return read


def code(longest: int) -> Callable[[str], str]:
    """A reader of a number or name in which the spaces around it mean nothing."""
    read = line(longest)
    return lambda cell: read(cell.strip())


def remarks(cell: str) -> str:
    """Free text of several lines, as typed."""
    return text.clean(cell, multiline=True)


def word(choices: EnumType, *, but: tuple = ()) -> Callable:
    """A reader of one of the labels; refuses any other word."""
    known = {unicodedata.normalize("NFKC", choice.label): choice for choice in choices if choice not in but}

    def read(cell: str):
        found = known.get(unicodedata.normalize("NFKC", cell).strip())
        if found is None:
            labels = "・".join(choice.label for choice in known.values())
            raise ValueError(f"「{cell}」は使えない言葉です。{labels}のどれかにしてください。")
        return found

    return read


def day(cell: str) -> date:
    """A date in any of the desk's ways of writing; refuses one the calendar does not know."""
    found = calendar.parse_date(cell)
    if found.year not in YEARS:
        raise ValueError(f"「{cell}」は、{YEARS.start}年から{YEARS.stop - 1}年までの日ではありません。")
    return found


def read_cells(columns: Iterable[Column], cells: dict[str, str]) -> tuple[dict, list[Problem]]:
    """The values of a row by name, and what is wrong with its cells."""
    values, problems = {}, []
    if EXTRA in cells:
        problems.append(Problem("列", f"見出しより右に書かれたもの（{cells[EXTRA]}）があります。"))
    for column in columns:
        try:
            values[column.name] = _value(column, cells.get(column.heading, ""))
        except ValueError as problem:
            problems.append(Problem(column.heading, str(problem)))
    return values, problems


def check_headings(table: Table, needed: Iterable[str]) -> None:
    """Refuse a table without the headings that make it one of ours."""
    if missing := [heading for heading in needed if heading not in table.columns]:
        raise UnreadableTable(
            f"{'・'.join(missing)}の列が見つかりません。1行目に見出しがあるか確かめてください。"
        )


def _value(column: Column, cell: str):
    if not text.is_blank(cell):
        return column.read(cell)
    if column.is_needed:
        raise ValueError("空です。必ず書いてください。")
    return column.empty

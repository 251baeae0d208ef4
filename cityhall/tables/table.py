"""What a table is, wherever it was read: headings, rows with their lines, and what is refused of it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

EXTRA = ""  # the key of cells beyond the last heading: kept, so that a row can be refused for them
MOST_COLUMNS, MOST_ROWS = 200, 200_000
TOO_LONG = (
    f"表が{MOST_ROWS:,}行より長いようです。離れたところの文字や空いた行を消すか、年度ごとに分けてください。"
)
TOO_WIDE = f"見出しが{MOST_COLUMNS}列より多いようです。1行目が見出しか、確かめてください。"
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class UnreadableTable(ValueError):
    """Says in Japanese why a file cannot be read as a table (読めない表)."""


@dataclass(frozen=True)
class Table:
    """A table as it was read (表): its encoding, headings, and the rows with their lines in the file."""

    encoding: str
    columns: list[str]
    rows: list[dict[str, str]]
    lines: list[int]  # as a spreadsheet numbers them: the heading is line 1

    def row_of(self, line: int) -> dict[str, str]:
        """The row in a line of the file."""
        return self.rows[bisect_left(self.lines, line)]


def table_of(encoding: str, cells: Sequence[list[str]]) -> Table:
    """The table in rows of text, the first of them its headings; refuses none, unclear or double headings."""
    columns, *cells = cells or [[]]
    columns = [column.strip() for column in columns]
    while columns and not columns[-1]:
        columns.pop()
    _check_headings(columns)
    numbered = [
        (line, _row(columns, row)) for line, row in enumerate(cells, start=2) if any(map(str.strip, row))
    ]
    return Table(encoding, columns, [row for _, row in numbered], [line for line, _ in numbered])


def guard(text: str) -> str:
    """The text with ' before it if a spreadsheet took it for a formula; reading takes it off."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _check_headings(columns: list[str]) -> None:
    if not any(columns):
        raise UnreadableTable("1行目に見出しがあるか確かめてください。")
    if "" in columns:
        raise UnreadableTable(f"1行目の{columns.index('') + 1}列目に見出しがありません。")
    if len(columns) > MOST_COLUMNS:
        raise UnreadableTable(TOO_WIDE)
    twice = sorted(column for column, count in Counter(columns).items() if count > 1)
    if twice:
        raise UnreadableTable(f"見出し「{'」「'.join(twice)}」が2つあります。")


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    cells = [_unguard(cell) for cell in cells] + [""] * (len(columns) - len(cells))
    row = dict(zip(columns, cells, strict=False))
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    return row | ({EXTRA: "、".join(beyond)} if beyond else {})


def _unguard(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text

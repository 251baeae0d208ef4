"""Tables in and out: CSV in UTF-8, UTF-8 with BOM and CP932, guarded against formulas."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ENCODINGS = ("utf-8-sig", "utf-8", "cp932")
EXTRA = (
    ""  # the key under which cells beyond the last heading are kept, so that a row can be refused for them
)
_NOT_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")  # bytes no Japanese text has, which the codec lets through
WHY_CLOSED = {
    FileNotFoundError: "見つかりません",
    IsADirectoryError: "フォルダーです",
    PermissionError: "読むことが許されていません",
}
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class UnreadableTable(ValueError):
    """Says in Japanese why a file cannot be read as a table (読めない表)."""


class UnencodableText(ValueError):
    """Says which cells hold characters the encoding lacks (書けない文字): `places`: line, column, signs."""

    def __init__(self, encoding: str, places: list[tuple[int, str, str]]):
        self.places = places
        cells = "、".join(f"{line}行目「{column}」の{signs}" for line, column, signs in places)
        super().__init__(f"{encoding.upper()}では書けない文字があります：{cells}")


@dataclass(frozen=True)
class Table:
    """A table as it was read (表): its encoding, headings, and the rows with their lines in the file."""

    encoding: str
    columns: list[str]
    rows: list[dict[str, str]]
    lines: list[int]  # as a spreadsheet numbers them: the heading is line 1


def read_table(source: bytes | str | Path) -> Table:
    """The table in a file or in bytes; refuses an empty one, unknown encodings and unclear headings."""
    encoding, text = _decode(source if isinstance(source, bytes) else _read(Path(source)))
    columns, *cells = _parse(text)
    while columns and not columns[-1].strip():
        columns.pop()
    columns = [column.strip() for column in columns]
    _check_headings(columns)
    numbered = [
        (line, _row(columns, row)) for line, row in enumerate(cells, start=2) if any(map(str.strip, row))
    ]
    return Table(encoding, columns, [row for _, row in numbered], [line for line, _ in numbered])


def write_csv(columns: Sequence[str], rows: Iterable[Sequence], encoding: str = "utf-8-sig") -> bytes:
    """The rows as CSV, guarded against formulas; refuses, by row, signs the encoding cannot hold."""
    written = [[_cell(value) for value in row] for row in rows]
    places = [
        place for line, row in enumerate(written, start=2) for place in _lacking(columns, line, row, encoding)
    ]
    if places:
        raise UnencodableText(encoding, places)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(columns), *written])
    return out.getvalue().encode(encoding)


def guard(text: str) -> str:
    """The text with ' before it if a spreadsheet took it for a formula; `read_table` takes it off."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        why = WHY_CLOSED.get(type(problem), "場所と名前を確かめてください")
        raise UnreadableTable(f"ファイル「{path.name or path}」を開けません（{why}）。") from None


def _decode(data: bytes) -> tuple[str, str]:
    if not data.strip():
        raise UnreadableTable("ファイルが空です。")
    if b"\x00" in data:
        raise UnreadableTable(
            "表として読めません。CSV（UTF-8、CP932）で保存してから、もう一度選んでください。"
        )
    for encoding in ENCODINGS:
        if encoding == "utf-8-sig" and not data.startswith(codecs.BOM_UTF8):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not (encoding == "cp932" and _NOT_CP932.search(text)):
            return encoding, text
    raise UnreadableTable("文字コードがわかりません。UTF-8またはCP932（Shift_JIS）で保存してください。")


def _parse(text: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise UnreadableTable(
            'CSVとして読めません。引用符（"）の閉じ忘れや、長すぎる欄がないか確かめてください。'
        ) from None
    return rows or [[]]


def _check_headings(columns: list[str]) -> None:
    if not any(columns):
        raise UnreadableTable("1行目に見出しがあるか確かめてください。")
    if "" in columns:
        raise UnreadableTable(f"1行目の{columns.index('') + 1}列目に見出しがありません。")
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise UnreadableTable(f"見出し「{'」「'.join(twice)}」が2つあります。")


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    cells = [_unguard(cell) for cell in cells] + [""] * (len(columns) - len(cells))
    row = dict(zip(columns, cells, strict=False))
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    return row | ({EXTRA: "、".join(beyond)} if beyond else {})


def _unguard(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return guard(value) if isinstance(value, str) else str(value)


def _lacking(columns: Sequence[str], line: int, row: list[str], encoding: str):
    for column, text in zip(columns, row, strict=True):
        signs = "".join(dict.fromkeys(sign for sign in text if not _holds(encoding, sign)))
        if signs:
            yield line, column, signs


def _holds(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True

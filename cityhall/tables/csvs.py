"""CSV in UTF-8, UTF-8 with BOM and CP932."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from cityhall.tables.table import MOST_ROWS, TOO_LONG, Table, UnreadableTable, guard, table_of

ENCODINGS = ("utf-8-sig", "utf-8", "cp932")
_NOT_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")  # bytes no Japanese text has, which the codec lets through


class UnencodableText(ValueError):
    """Says which cells hold characters the encoding lacks (書けない文字): `places`: line, column, signs."""

    def __init__(self, encoding: str, places: list[tuple[int, str, str]]):
        self.places = places
        cells = "、".join(f"{line}行目「{column}」の{signs}" for line, column, signs in places)
        super().__init__(f"{encoding.upper()}では書けない文字があります：{cells}")


def read_csv(data: bytes) -> Table:
    """The table in a CSV; refuses an empty one, unknown encodings and quotes left open."""
    encoding, text = _decode(data)
    return table_of(encoding, _parse(text))


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
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), strict=True), MOST_ROWS + 1))
    except csv.Error:
        raise UnreadableTable(
            'CSVとして読めません。引用符（"）の閉じ忘れや、長すぎる欄がないか確かめてください。'
        ) from None
    if len(rows) > MOST_ROWS:
        raise UnreadableTable(TOO_LONG)
    return rows or [[]]


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

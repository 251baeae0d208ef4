"""XLSX in and out: the first sheet as text, cells never a formula."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from cityhall.tables.table import MOST_COLUMNS, MOST_ROWS, TOO_LONG, Table, UnreadableTable, table_of

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how an .xlsx begins; an old .xls, and one with a password
MOST_BYTES = 200_000_000  # unpacked: more is a bomb, not a ledger
MOST_DENSE = 200  # times packed; what people write is 5 to 50 times
MOST_GAP = 10_000
AS_TEXT = {True: "はい", False: "いいえ", None: ""}
# what a damaged package makes the library say
BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, NotImplementedError,
    KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError,
)  # fmt: skip
HEAD = PatternFill("solid", fgColor="ECECEF")
TOP = Alignment(vertical="top", wrap_text=True)


def read_xlsx(data: bytes) -> Table:
    """The table on a workbook's first sheet; refuses broken, locked and boundless ones."""
    if data.startswith(OLE):
        raise UnreadableTable(
            "パスワードの付いた表か、古い形式（.xls）の表です。"
            "パスワードを外し、.xlsx か CSV で保存してください。"
        )
    return table_of("xlsx", _rows(data))


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence], *, title: str) -> bytes:
    """The rows as a workbook of one sheet: headings frozen and filtered, days as days, text as text alone."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(12, 2 * len(heading) + 4)
    sheet.append([_cell(sheet, heading, font=Font(bold=True), fill=HEAD) for heading in columns])
    written = [sheet.append([_cell(sheet, value) for value in row]) for row in rows]
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(written) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(data: bytes) -> list[list[str]]:
    try:
        _check_size(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return list(_filled(book.worksheets[0]))
    except UnreadableTable:
        raise
    except BROKEN:
        raise UnreadableTable(
            "Excelの表として読めません。Excelで開いて .xlsx で保存し直してください。"
        ) from None


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked > min(MOST_BYTES, max(5_000_000, MOST_DENSE * len(data))):
            raise UnreadableTable("広げると大きくなりすぎる表です。Excelで開いて保存し直してください。")


def _filled(sheet) -> Iterator[list[str]]:
    """The rows to the last that says something; a lone cell far below does not make a table of a million."""
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_width(sheet), values_only=True), start=1):
        if number > MOST_ROWS:
            raise UnreadableTable(TOO_LONG)
        cells = [_text(value) for value in row]
        if not any(cells):
            empty += 1
            continue
        if empty > MOST_GAP:
            raise UnreadableTable("表が大きすぎます。離れたところの文字を消すか、年度ごとに分けてください。")
        yield from ([] for _ in range(empty))
        empty = 0
        yield cells


def _width(sheet) -> int:
    """As many columns as the headings take, and some beyond for what hangs over."""
    sheet.reset_dimensions()  # what the file says of its own size is not believed
    first = next(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=1, values_only=True), ())
    last = max((place for place, value in enumerate(first, start=1) if value not in (None, "")), default=0)
    return min(last + 20, MOST_COLUMNS)


def _text(value) -> str:
    """A cell as a person reads it: 4011001098993 for a number, 2026-04-13 for a day."""
    if value is None or isinstance(value, bool):
        return AS_TEXT[value]
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time.min else value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(sheet, value, **looks) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=None if value == "" else value)
    cell.alignment = TOP
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", True  # never a formula, also after somebody edits it
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell

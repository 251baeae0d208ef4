"""Tables in and out: CSV in UTF-8, UTF-8 with BOM and CP932, and XLSX, guarded against formulas."""

from pathlib import Path

from cityhall.tables.csvs import UnencodableText, read_csv, write_csv
from cityhall.tables.table import EXTRA, Table, UnreadableTable, guard
from cityhall.tables.workbooks import OLE, ZIP, read_xlsx, write_xlsx

__all__ = [
    "EXTRA",
    "Table",
    "UnencodableText",
    "UnreadableTable",
    "guard",
    "read_table",
    "write_csv",
    "write_xlsx",
]

WHY_CLOSED = {
    FileNotFoundError: "見つかりません",
    IsADirectoryError: "フォルダーです",
    PermissionError: "読むことが許されていません",
}


def read_table(source: bytes | str | Path) -> Table:
    """The table in a file or in bytes; refuses an empty one, unknown encodings and unclear headings."""
    data = source if isinstance(source, bytes) else _read(Path(source))
    return read_xlsx(data) if data.startswith((ZIP, OLE)) else read_csv(data)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        why = WHY_CLOSED.get(type(problem), "場所と名前を確かめてください")
        raise UnreadableTable(f"ファイル「{path.name or path}」を開けません（{why}）。") from None

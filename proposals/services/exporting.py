"""一覧の書き出し: the narrowed list as a file, in its order, made by the worker when it is long."""

from collections.abc import Callable

from cityhall.tables import UnencodableText, write_csv, write_xlsx
from proposals.ledger.export import ALL_COLUMNS, rows
from proposals.models import DeskJob, Proposal

FORMATS = {
    "xlsx": ("XLSX（Excel）", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "utf-8-sig": ("CSV（UTF-8・BOM付き）", ".csv", "text/csv; charset=utf-8"),
    "cp932": ("CSV（CP932・古いExcel）", ".csv", "text/csv; charset=Shift_JIS"),
}
SLICE = 500
MOST_TOLD = 300  # cells that cannot be written, by row


def carry_on(job: DeskJob, *, tell: Callable[[int], None]) -> None:
    """Make the whole file; cells the encoding cannot hold are told by row instead, and no file is made."""
    found = []
    for start in range(0, len(job.cases), SLICE):
        numbers = job.cases[start : start + SLICE]
        written = {row[-5]: row for row in rows(Proposal.objects.filter(number__in=numbers))}
        found += [written[number] for number in numbers if number in written]
        tell(len(found))
    try:
        job.data = _file(job.asked["format"], found)
    except UnencodableText as problem:
        job.outcomes = [_place(found, *place) for place in problem.places[:MOST_TOLD]]
    job.done = len(job.cases)


def _file(form: str, found: list[list]) -> bytes:
    if form == "xlsx":
        return write_xlsx(ALL_COLUMNS, found, title="案件の一覧")
    return write_csv(ALL_COLUMNS, found, form)


def _place(found: list[list], line: int, column: str, signs: str) -> list:
    return [
        found[line - 2][-5],
        False,
        f"{line}行目「{column}」の「{signs}」は、この文字コードでは書けません。",
    ]

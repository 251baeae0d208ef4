"""What rows of the 受付台帳 may not mean together: doubles of doubles, and numbers that stand twice."""

from collections.abc import Callable, Iterable

from cityhall.tables import Table
from proposals.ledger.cells import Problem
from proposals.ledger.report import Reading
from proposals.ledger.rows import Row, read


def read_rows(table: Table, *, doubles: dict[str, str], find: Callable) -> list[Reading]:
    """Read and check a whole table, storing nothing.

    `doubles` says of every 番号 stored before which one it is a double of ("" when none);
    `find(name, day)` gives the section called so on that day.
    """
    readings = [_reading(line, cells) for line, cells in zip(table.lines, table.rows, strict=True)]
    _refuse_second(readings)
    for reading in readings:
        _find_department(reading, find)
    _refuse_chains(readings, doubles)
    return readings


def _reading(line: int, cells: dict[str, str]) -> Reading:
    row, problems = read(cells)
    key = row.key if row else " ".join(cells.get("番号", "").split())
    return Reading(line, key, row, problems)


def _refuse_second(readings: Iterable[Reading]) -> None:
    seen = set()
    for reading in readings:
        if reading.key and reading.key in seen:
            reading.problems.append(Problem("番号", "この番号は、上の行にもあります。"))
        seen.add(reading.key)


def _find_department(reading: Reading, find: Callable) -> None:
    row = reading.row
    if row is None or not row.department:
        return
    reading.department = find(row.department, row.department_on)
    if reading.department is None:
        day = row.department_on.isoformat()
        reading.problems.append(Problem("所管課", f"「{row.department}」は、{day}にはない課です。"))


def _refuse_chains(readings: list[Reading], doubles: dict[str, str]) -> None:
    """Refuse doubles of what is missing, refused or itself a double; refusing one may spoil another."""
    while True:
        good = {r.key: r.row.duplicate_of for r in readings if r.is_good}
        bad = {r.key for r in readings if not r.is_good} - set(good)
        stored = {key: of for key, of in doubles.items() if key not in good}
        spoilt = [
            (r, problem) for r in readings if r.is_good and (problem := _chain(r.row, good, bad, stored))
        ]
        if not spoilt:
            return
        for reading, problem in spoilt:
            reading.problems.append(problem)


def _chain(row: Row, good: dict[str, str], bad: set[str], stored: dict[str, str]) -> Problem | None:
    original = row.duplicate_of
    if not original:
        return None
    if original in bad:
        return Problem("重複元", f"「{original}」の行が取り込めません。")
    if original not in good and original not in stored:
        return Problem("重複元", f"「{original}」は、台帳にありません。")
    if good.get(original, stored.get(original)):
        return Problem("重複元", f"「{original}」も重複です。おおもとの番号を書いてください。")
    if row.key in stored.values():
        return Problem("重複元", "この番号は、ほかの番号の重複元です。")
    return None

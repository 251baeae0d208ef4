"""受付台帳: taking the desk's spreadsheet in, row by row; the same file twice changes nothing."""

from collections.abc import Callable
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cityhall.models import Department
from cityhall.refusal import NotAllowed
from cityhall.tables import Table
from proposals.ledger.cells import Problem, check_headings
from proposals.ledger.columns import HEADINGS, NEEDED
from proposals.ledger.relations import read_rows
from proposals.ledger.report import Outcome, Reading, Report
from proposals.ledger.rows import Row
from proposals.models import LedgerRow, Origin, Proposal
from proposals.services.ledger_store import correct_case, open_case, tell_original


def preview(table: Table) -> Report:
    """What taking the table in would do; refuses a file that is no ledger, and stores nothing."""
    check_headings(table, NEEDED)
    readings = read_rows(table, doubles=_doubles(), find=_department_finder())
    known = dict(LedgerRow.objects.values_list("key", "pk"))
    stored = LedgerRow.objects.in_bulk([known[r.key] for r in readings if r.key in known])
    ours = _ours([reading.key for reading in readings if reading.key not in known])
    outcomes = [
        (_outcome(reading, stored.get(known.get(reading.key)), ours), reading) for reading in readings
    ]
    return Report(outcomes, [heading for heading in table.columns if heading not in HEADINGS])


def take_in(table: Table, *, open_project: Callable) -> Report:
    """Store a ledger: new rows become cases, changed rows corrections; refused rows leave no trace.

    Each row is stored whole or not at all. `open_project(case, key=TRIP番号)` gives it its TRIP, or takes it
    out of one: projects lie a floor above.
    """
    report = preview(table)
    for place in in_order(report):
        outcome, reading = report.rows[place]
        report.rows[place] = (store_row(outcome, reading, open_project), reading)
    return report


def in_order(report: Report) -> list[int]:
    """The places of the rows to store: originals before their doubles, each as it arrived."""
    to_store = [n for n, (outcome, _) in enumerate(report.rows) if outcome in (Outcome.NEW, Outcome.CHANGED)]
    return sorted(to_store, key=lambda n: _numbering_order(report.rows[n][1].row))


def _numbering_order(row: Row) -> tuple:
    return bool(row.duplicate_of), row.arrived_on.toordinal()


def store_row(outcome: Outcome, reading: Reading, open_project: Callable) -> Outcome:
    """Store one row whole, or refuse it with the reason among its problems."""
    try:
        with transaction.atomic():
            _store(reading, open_project)
    except IntegrityError:
        reading.problems.append(Problem("行", "ほかの取込みと重なりました。もう一度取り込んでください。"))
        return Outcome.REFUSED
    except (NotAllowed, ValidationError) as refusal:
        sentences = getattr(refusal, "messages", [str(refusal)])
        reading.problems.append(Problem("行", " ".join(sentences)))
        return Outcome.REFUSED
    return outcome


def _store(reading: Reading, open_project) -> None:
    row = reading.row
    original = _original(row)
    stored = LedgerRow.objects.select_for_update(of=["self"]).select_related("proposal")
    known = stored.filter(key=row.key).first()
    if known and _tells(known, row):  # another import was quicker
        return
    if known:
        proposal = correct_case(known, row, department=reading.department, original=original)
    else:
        proposal = open_case(row, department=reading.department, original=original)
    tell_original(proposal)
    open_project(proposal, key=row.project)


def _original(row: Row) -> Proposal | None:
    return LedgerRow.objects.get(key=row.duplicate_of).proposal if row.duplicate_of else None


def _ours(keys: list[str]) -> dict[str, list[str]]:
    """Title and organisation of the cases the list was written out with, under their own numbers."""
    cases = Proposal.objects.exclude(origin=Origin.LEDGER).filter(number__in=keys)
    return {number: told for number, *told in cases.values_list("number", "title", "organization__name")}


def _outcome(reading: Reading, stored: LedgerRow | None, ours: dict) -> Outcome:
    if not reading.is_good:
        return Outcome.REFUSED
    if stored is None:
        is_ours = ours.get(reading.key) == [reading.row.title, reading.row.organization]
        return Outcome.SAME if is_ours else Outcome.NEW
    return Outcome.SAME if _tells(stored, reading.row) else Outcome.CHANGED


def _tells(stored: LedgerRow, row: Row) -> bool:
    """Whether what is stored says all that the row says."""
    return (stored.values, stored.remarks) == (row.as_values(), row.remarks)


def _doubles() -> dict[str, str]:
    rows = LedgerRow.objects.values_list(
        "key", "proposal__merged_into__ledger_row__key", "proposal__merged_on"
    )
    return {key: (original or "–") if merged_on else "" for key, original, merged_on in rows}


def _department_finder():
    return lru_cache(maxsize=None)(lambda name, day: Department.objects.named(name, on=day))

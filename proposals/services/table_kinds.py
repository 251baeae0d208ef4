"""The tables the desk's import machine takes in, and who stores a row of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cityhall.tables import Table
from proposals.ledger.report import Outcome, Reading, Report
from proposals.ledger.resources import PRIVATE
from proposals.models import TableImport
from proposals.services import ledger, resource_rows, supports

Kind = TableImport.Kind


@dataclass(frozen=True)
class TableKind:
    """How one kind of table goes in (表の種類): what it would do, in which order, how a row is stored.

    `store(outcome, reading, by=, open_project=)` stores a row whole or refuses it; cells under the `private`
    headings are not kept with a refused row.
    """

    preview: Callable[[Table], Report]
    in_order: Callable[[Report], list[int]]
    store: Callable[..., Outcome]
    private: frozenset[str] = frozenset()


def _as_it_stands(report: Report) -> list[int]:
    to_store = (Outcome.NEW, Outcome.CHANGED)
    return [place for place, (outcome, _) in enumerate(report.rows) if outcome in to_store]


def _ledger_row(outcome: Outcome, reading: Reading, *, by, open_project: Callable) -> Outcome:
    return ledger.store_row(outcome, reading, open_project)


def _resource_row(outcome: Outcome, reading: Reading, *, by, open_project: Callable) -> Outcome:
    return resource_rows.store_row(outcome, reading, by=by)


def _support_row(outcome: Outcome, reading: Reading, *, by, open_project: Callable) -> Outcome:
    return supports.store_row(outcome, reading)


KINDS: Mapping[str, TableKind] = {
    Kind.LEDGER: TableKind(ledger.preview, ledger.in_order, _ledger_row),
    Kind.RESOURCES: TableKind(resource_rows.preview, _as_it_stands, _resource_row, PRIVATE),
    Kind.SUPPORTS: TableKind(supports.preview, _as_it_stands, _support_row),
}

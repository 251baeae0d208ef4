"""Rows and tables of a fictional ledger, for the tests beside."""

from cityhall.tables import Table
from proposals.ledger.columns import HEADINGS
from proposals.models import LedgerRow
from proposals.services import ledger
from proposals.workflow import Kind

PROPOSAL = {
    "番号": "P01",
    "区分": "提案",
    "件名": "架空の提案01",
    "団体名": "架空団体01",
    "団体区分": "企業",
    "初回相談日": "2026-04-13",
    "受付日": "2026-04-20",
}
ADOPTED = PROPOSAL | {"庁内調整開始日": "2026-04-24", "判断": "採用", "判断日": "2026-07-31"}
DECLINED = PROPOSAL | {"判断": "見送り", "判断日": "2026-07-31"}


def cells(base=PROPOSAL, **changed):
    """The cells of a row; names of columns are Japanese, so they may be keywords."""
    return dict.fromkeys(HEADINGS, "") | base | changed


def table(*rows):
    return Table("utf-8", HEADINGS, list(rows), list(range(2, len(rows) + 2)))


def take_in(*rows):
    return ledger.take_in(table(*rows), open_project=lambda *_, **__: None)


def case(key="P01"):
    return LedgerRow.objects.get(key=key).proposal


def told(proposal):
    """The facts in force, as pairs of kind and day."""
    effective = proposal.records.effective().exclude(kind=Kind.NOTE)
    return [(record.kind, record.on.isoformat()) for record in effective.order_by("on", "place")]


def reasons(report):
    return [str(reading) for reading in report.refused]

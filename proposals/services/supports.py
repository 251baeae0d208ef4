"""地域活動支援: taking in what companies did for local activities through the desk (KPI 5)."""

from django.db import transaction

from cityhall.tables import Table
from proposals.ledger.cells import check_headings, read_cells
from proposals.ledger.report import Outcome, Reading, Report
from proposals.ledger.supports import COLUMNS, HEADINGS
from proposals.models import Delivery, Support
from proposals.services.intake import find_organization


def take_in(table: Table) -> Report:
    """Store a table of supports; two equal rows are one delivery, and the same file twice changes nothing.

    A row without 実施日 is a promise. Refuses, row by row, unknown words and unreadable days.
    """
    check_headings(table, HEADINGS)
    return Report([_taken(line, cells) for line, cells in zip(table.lines, table.rows, strict=True)])


def _taken(line: int, cells: dict[str, str]) -> tuple[Outcome, Reading]:
    values, problems = read_cells(COLUMNS, cells)
    key = " ".join(f"{cells['提供者']}→{cells['受け手']}".split())
    reading = Reading(line, key, values, problems)
    if problems:
        return Outcome.REFUSED, reading
    return (Outcome.NEW if _store(**values) else Outcome.SAME), reading


@transaction.atomic
def _store(*, provider, provider_kind, recipient, recipient_kind, purpose, on, via_desk) -> bool:
    support, is_new = Support.objects.get_or_create(
        provider=find_organization(name=provider, kind=provider_kind),
        recipient=find_organization(name=recipient, kind=recipient_kind),
        purpose=purpose,
        via_desk=via_desk.value,
    )
    if on is None:
        return is_new
    return Delivery.objects.get_or_create(support=support, on=on)[1] or is_new

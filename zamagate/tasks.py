"""Work done behind the screens that needs several floors."""

from celery import shared_task

from proposals.services import table_imports
from trips.services.ledger import open_from_ledger


@shared_task(name="zamagate.take_in_table")
def take_in_table(import_id: int) -> bool:
    """Take in one slice of a table somebody brought, and come back for the next."""
    is_more = table_imports.carry_on(import_id, open_project=open_from_ledger)
    if is_more:
        take_in_table.apply_async((import_id,), retry=False)
    return is_more


@shared_task(name="zamagate.take_in_waiting_tables")
def take_in_waiting_tables() -> int:
    """On beat: go on with what was left, as when no worker could be asked or one went away."""
    table_imports.forget_untaken()
    waiting = list(table_imports.waiting().values_list("pk", flat=True))
    return sum(take_in_table(pk) for pk in waiting)

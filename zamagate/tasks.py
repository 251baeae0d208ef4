"""Work done behind the screens that needs several floors."""

from celery import shared_task

from proposals.services import ledger_imports
from trips.services.ledger import open_from_ledger


@shared_task(name="zamagate.take_in_ledger")
def take_in_ledger(import_id: int) -> bool:
    """Take in one slice of a ledger somebody brought, and come back for the next."""
    is_more = ledger_imports.carry_on(import_id, open_project=open_from_ledger)
    if is_more:
        take_in_ledger.apply_async((import_id,), retry=False)
    return is_more


@shared_task(name="zamagate.take_in_waiting_ledgers")
def take_in_waiting_ledgers() -> int:
    """On beat: go on with what was left, as when no worker could be asked or one went away."""
    ledger_imports.forget_untaken()
    waiting = list(ledger_imports.waiting().values_list("pk", flat=True))
    return sum(take_in_ledger(pk) for pk in waiting)

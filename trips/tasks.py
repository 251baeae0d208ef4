"""Work done behind the screens: papers made in the worker, and journeys that come back on their day."""

from celery import shared_task
from django.utils import timezone

from cityhall.models import User
from trips import printing
from trips.services import come_back


@shared_task(name="trips.print_paper")
def print_paper(user_id: int, kind: str, key: str) -> bool:
    """Make one paper as this person sees it; a second call for the same one does nothing."""
    user = User.objects.get(pk=user_id)
    paper = printing.find(user, kind, key)
    return paper is not None and printing.print_pdf(user, paper)


@shared_task(name="trips.come_back")
def bring_back() -> int:
    """Nightly: journeys whose day to meet again has come are put before the desk, each once."""
    return come_back(timezone.localdate())

"""Work done behind the screens: papers are made in the worker, never while somebody waits."""

from celery import shared_task

from cityhall.models import User
from trips import printing


@shared_task(name="trips.print_paper")
def print_paper(user_id: int, kind: str, key: str) -> bool:
    """Make one paper as this person sees it; a second call for the same one does nothing."""
    user = User.objects.get(pk=user_id)
    paper = printing.find(user, kind, key)
    return paper is not None and printing.print_pdf(user, paper)

"""Once a year whoever stands in the register is asked whether all is still so."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from cityhall import calendar, closures
from proposals import mail
from proposals.models import Resource
from proposals.models.resource import FRESH

AT_ONCE = 50  # letters of one morning: the desk answers the telephone


def due(today: date) -> QuerySet[Resource]:
    """Those with an address that nobody confirmed or asked for a year; who said no is asked too."""
    since = today - FRESH
    is_old = Q(verified_on__isnull=True) | Q(verified_on__lte=since)
    was_asked = Q(asked_on__gt=since)
    return Resource.objects.kept().filter(is_old).exclude(was_asked).exclude(email="")


def ask(today: date) -> int:
    """Queue the letters of this morning, each once a year; returns how many. None on a closed day.

    What is confirmed, changed or taken out before its letter has left keeps it here
    (`resources.verify`, `resources.remove`).
    """
    if not calendar.is_open(today, closures.closed_days()):
        return 0
    asked = 0
    for pk in list(due(today).order_by("verified_on", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        asked += _ask(pk, today)
    return asked


@transaction.atomic
def _ask(pk: int, today: date) -> bool:
    locked = Resource.objects.select_for_update(of=["self"]).select_related("organization")
    resource = locked.filter(pk__in=due(today).values("pk")).filter(pk=pk).first()
    if resource is None:
        return False
    Resource.objects.filter(pk=pk).update(asked_on=today)
    return mail.queue_is_this_still_so(resource, today) is not None

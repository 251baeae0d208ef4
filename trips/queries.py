"""Questions about TRIPs that pages and figures ask."""

from django.db.models import Exists, OuterRef, QuerySet

from proposals.models import Proposal
from trips.models import Trip, TripCase


def adopted_without_trip() -> QuerySet[Proposal]:
    """Cases 案件化 that travel in no TRIP (one cancelled before its start does not count), longest first."""
    travelling = TripCase.objects.filter(proposal=OuterRef("pk"), trip__cancelled_on__isnull=True)
    adopted = Proposal.objects.filter(adopted_on__isnull=False)
    return adopted.exclude(Exists(travelling)).with_people().order_by("adopted_on", "pk")


def trips_of(proposal: Proposal) -> QuerySet[Trip]:
    """The TRIPs a case travels in, the oldest first."""
    return Trip.objects.filter(trip_cases__proposal=proposal).select_related("department").order_by("pk")


def possible_parents(user, child: Trip | None = None) -> QuerySet[Trip]:
    """The TRIPs this person may name as what led to a new one, or to `child`: none younger than it."""
    found = Trip.objects.visible_to(user).order_by("opened_on", "pk")
    if child is None:
        return found
    linked = child.links_up.values("parent")
    return found.filter(opened_on__lte=child.opened_on).exclude(pk=child.pk).exclude(pk__in=linked)

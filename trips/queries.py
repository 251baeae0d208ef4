"""Questions about TRIPs that pages and figures ask."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from logicmodels.models import Edition
from proposals.models import Proposal
from trips.models import Report, Trip, TripCase
from trips.workflow import Phase

FINISHED_SHOWN = 20  # newest first


def adopted_without_trip() -> QuerySet[Proposal]:
    """Cases 案件化 that travel in no TRIP (one cancelled before its start does not count), longest first."""
    travelling = TripCase.objects.filter(proposal=OuterRef("pk"), trip__cancelled_on__isnull=True)
    adopted = Proposal.objects.filter(adopted_on__isnull=False)
    return adopted.exclude(Exists(travelling)).with_people().order_by("adopted_on", "pk")


def reports_to_check() -> QuerySet[Report]:
    """Reports that lie with the desk, the longest first."""
    found = Report.objects.filter(state=Report.State.HANDED_IN).select_related("trip__department")
    return found.order_by("handed_in_on", "pk")


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


def finished_with_models(user) -> list[tuple[str, Edition]]:
    """Ended journeys and those of history, each with the newest edition of its own model or its cases'."""
    over = Q(step=Phase.ENDED) | Q(is_history=True)
    trips = (
        Trip.objects.visible_to(user).filter(over).prefetch_related("proposals").order_by("-ended_on", "-pk")
    )
    shown = list(trips[:FINISHED_SHOWN])
    cases = {case.pk for trip in shown for case in trip.proposals.all()}
    its_own = Q(model__in=[trip.logic_model_id for trip in shown if trip.logic_model_id])
    editions = Edition.objects.filter(its_own | Q(model__proposal__in=cases))
    newest = list(editions.select_related("model").order_by("-fixed_at", "-number"))
    found = [(str(trip), next((e for e in newest if _is_of(e.model, trip)), None)) for trip in shown]
    return [(name, edition) for name, edition in found if edition]


def _is_of(model, trip) -> bool:
    return model.pk == trip.logic_model_id or model.proposal_id in {case.pk for case in trip.proposals.all()}

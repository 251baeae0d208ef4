"""出会いのつながり: which meeting with an organisation led to which case, and which case to which TRIP."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from proposals.models import Encounter, Organization, Proposal
from trips.models import Partner, Trip, TripCase

SHOWN = 50


@dataclass
class Meeting:
    """The first time the city spoke with an organisation about a case, and what came of it."""

    case: Proposal
    how: str  # 電話, 来庁 …; empty where nobody wrote it down
    later: int  # how often they have met about it since
    trips: list[Trip] = field(default_factory=list)


def meetings(organization: Organization, trips: QuerySet[Trip]) -> list[Meeting]:
    """An organisation's cases, the first meeting of all first, each with those of the TRIPs it travels in."""
    found = [_meeting(case) for case in _cases(organization)]
    travels = TripCase.objects.filter(proposal__in=[one.case.pk for one in found], trip__in=trips)
    by_case = defaultdict(list)
    for travel in travels.select_related("trip"):
        by_case[travel.proposal_id].append(travel.trip)
    for one in found:
        one.trips = by_case[one.case.pk]
    return found


def _cases(organization: Organization) -> QuerySet[Proposal]:
    said = Encounter.objects.filter(record__superseded_by__isnull=True)
    first = said.filter(proposal=OuterRef("pk"), on=OuterRef("first_contact_on")).order_by("pk")
    counted = Count("encounters", filter=Q(encounters__record__superseded_by__isnull=True))
    cases = Proposal.objects.filter(organization=organization).select_related("merged_into")
    cases = cases.annotate(how=Subquery(first.values("kind")[:1]), met_times=counted)
    return cases.order_by("first_contact_on", "pk")[:SHOWN]


def _meeting(case: Proposal) -> Meeting:
    how = Encounter.Kind(case.how).label if case.how else ""
    return Meeting(case, how, case.met_times - bool(how))


def joined(organization: Organization, trips: QuerySet[Trip]) -> list[Partner]:
    """The TRIPs it travels along in, itself or as one merged into it, each once; the oldest first."""
    ours = Q(organization=organization) | Q(organization__merged_into=organization)
    found = Partner.objects.filter(ours, trip__in=trips).select_related("trip").order_by("trip", "pk")
    return list({partner.trip_id: partner for partner in found}.values())

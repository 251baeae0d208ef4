"""From the tables to the graph, whatever there is: ten statements for what one person may see."""

from collections import defaultdict

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from proposals.models import Encounter, Introduction, Organization, Proposal, Resource
from trips.lineage.build import Builder
from trips.lineage.graph import Graph
from trips.models import Event, EventLink, Link, Partner, Result, Trip, TripCase, TripRecord
from trips.workflow import Kind

TOLD = [Kind.OPENED, Kind.PARTNER, Kind.EVENT, Kind.RESULT, Kind.ENDED, Kind.STOPPED, Kind.CANCELLED]


def read(user, organization: Organization | None = None) -> Graph:
    """All journeys this person may see, from the first meeting on; of an organisation its idle cases too."""
    trips = Trip.objects.visible_to(user)
    cases = Proposal.objects.visible_to(user)
    build = Builder(list(trips.select_related("department").order_by("opened_on", "pk")), _records(trips))
    travels = list(_with_first_meeting(_travels(trips, cases), "proposal__"))
    met = list(_with_first_meeting(_introductions(cases), "proposal__"))
    idle = list(_with_first_meeting(_cases_of(cases, organization), "")) if organization else []
    build.cases(travels, met, idle)
    build.introductions(met, _sides(met))
    build.partners(Partner.objects.filter(trip__in=trips).select_related("organization__merged_into"))
    build.story(Event.objects.filter(trip__in=trips), Result.objects.filter(trip__in=trips))
    build.event_links(EventLink.objects.filter(target__trip__in=trips))
    build.links(Link.objects.filter(parent__in=trips, child__in=trips))
    return build.graph()


def _records(trips) -> dict[tuple, TripRecord]:
    """The newest record of each kind and words; who wrote what, and when."""
    told = TripRecord.objects.effective().filter(subject__in=trips, kind__in=TOLD)
    told = told.select_related("posting__department", "text").order_by("sequence")
    return {(one.subject_id, one.kind, _words(one)): one for one in told}


def _words(record: TripRecord) -> str:
    """What tells one event, result or partner from another; of the rest there is one."""
    told = getattr(record, "text", None)
    return told.text if told and record.kind in (Kind.EVENT, Kind.RESULT, Kind.PARTNER) else ""


def _travels(trips, cases) -> QuerySet[TripCase]:
    found = TripCase.objects.filter(trip__in=trips, proposal__in=cases)
    return found.select_related("proposal__organization__merged_into").order_by("joined_on", "pk")


def _introductions(cases) -> QuerySet[Introduction]:
    found = Introduction.objects.filter(proposal__in=cases)
    return found.select_related("proposal__organization__merged_into").order_by("on", "pk")


def _cases_of(cases, organization: Organization) -> QuerySet[Proposal]:
    """Its cases, and those of organisations merged into it."""
    one = organization.living
    ours = Q(organization=one) | Q(organization__merged_into=one)
    found = cases.filter(ours, merged_into__isnull=True)
    return found.select_related("organization__merged_into").order_by("first_contact_on", "pk")


def _with_first_meeting(rows, prefix: str):
    """With `how`: in what way the city first spoke with the proposer, where that was written down."""
    first = Encounter.objects.filter(
        record__superseded_by__isnull=True,
        proposal=OuterRef(f"{prefix}pk"),
        on=OuterRef(f"{prefix}first_contact_on"),
    )
    return rows.annotate(how=Subquery(first.order_by("pk").values("kind")[:1]))


def _sides(met: list[Introduction]) -> dict[int, list[tuple[str, int | None]]]:
    """Who came to each meeting: sections, and those of the town that may be named, with their key."""
    keys = [one.pk for one in met]
    sections = Introduction.departments.through.objects.filter(introduction__in=keys)
    sections = sections.values_list(
        "introduction_id", F("department__name"), Value(None, output_field=IntegerField())
    )
    town = Introduction.resources.through.objects.filter(
        introduction__in=keys, resource__in=Resource.objects.shown()
    )
    name = Coalesce(NullIf("resource__name", Value("")), "resource__organization__name")
    sides = defaultdict(list)
    for key, who, organization in sections.union(
        town.values_list("introduction_id", name, "resource__organization_id")
    ):
        sides[key].append((who, organization))
    return sides

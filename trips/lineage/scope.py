"""What part of the map somebody asked for: all of it, one TRIP's, or one organisation's."""

from dataclasses import dataclass

from proposals.models import Organization
from trips.lineage.graph import Graph
from trips.lineage.read import read

ALL = "all"
DIGITS = 15


@dataclass(frozen=True)
class Scope:
    """A part of the map: its key in the address, its name, and its graph."""

    key: str
    title: str
    graph: Graph
    number: str = ""  # of the TRIP it is about
    organization: Organization | None = None


def find(user, key: str) -> Scope | None:
    """The part of the map under this key, as far as this person may see it; None where nothing is."""
    if key == ALL:
        return Scope(ALL, "全体", read(user))
    kind, _, number = key.partition("-")
    if kind == "org":
        return _of_organization(user, key, number)
    return _of_trip(user, key)


def _of_trip(user, key: str) -> Scope | None:
    graph = read(user)
    trip = next((trip for trip in graph.trips if trip.number == key), None)
    if trip is None:
        return None
    own = [node.key for node in graph.nodes if node.trip == trip.pk]
    return Scope(key, str(trip), graph.around(own), trip.number)


def _of_organization(user, key: str, number: str) -> Scope | None:
    if not (number.isascii() and number.isdigit() and len(number) < DIGITS):
        return None
    found = Organization.objects.select_related("merged_into").filter(pk=number).first()
    if found is None:
        return None
    one = found.living
    graph = read(user, one)
    own = [node.key for node in graph.nodes if f"o{one.pk}" in node.about]
    return Scope(key, str(one), graph.around(own), organization=one) if own else None

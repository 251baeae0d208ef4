"""The order of the rows: what came of something stands below it, the older first."""

from collections import defaultdict
from collections.abc import Iterable

from trips.lineage.graph import Edge, Node, Row
from trips.models import Trip


def in_order(trips: Iterable[Trip], cases: Iterable[Row], nodes: list[Node], edges: list[Edge]) -> list[Row]:
    """The rows from top to bottom: a TRIP with all its strands, then what came of it, like a tree."""
    found = {row.key: row for row in (*_of_trips(trips, nodes), *cases)}
    rows, first = defaultdict(dict), {}  # group → its rows, in order of the first node
    for node in nodes:
        rows[group(node)][node.row] = found[node.row]
        first.setdefault(group(node), node.order)
    parents = _parents(nodes, edges, first)
    below = defaultdict(list)
    for one in sorted(first, key=first.get):
        below[parents.get(one)].append(one)
    return [row for one in _walk(below) for row in rows[one].values()]


def group(node: Node) -> str:
    """The TRIP or case whose rows hang together."""
    return node.row.partition("/")[0]


def _of_trips(trips: Iterable[Trip], nodes: list[Node]) -> list[Row]:
    used = {node.row for node in nodes}
    strands = defaultdict(list)
    for key in sorted(used):
        strands[key.partition("/")[0]].append(key.partition("/")[2])
    found = []
    for trip in trips:
        names = strands[f"t{trip.pk}"]
        whole = {"url": trip.get_absolute_url(), "trip": trip.pk, "is_fictional": trip.is_fictional}
        for name in names:
            key = f"t{trip.pk}" + (f"/{name}" if name else "")
            if len(names) > 1:
                found.append(Row(key, name or "ほかの出来事", group=str(trip), **whole))
            else:
                found.append(Row(key, trip.title, trip.called, **whole))
    return found


def _parents(nodes: list[Node], edges: list[Edge], first: dict[str, tuple]) -> dict[str, str]:
    """For each group the older one something of which led to it; else the one it went into."""
    of = {node.key: group(node) for node in nodes}
    crossing = [(of[edge.source], of[edge.target]) for edge in edges if of[edge.source] != of[edge.target]]
    parents = {}
    for source, target in crossing:
        if first[source] < first[target]:
            parents.setdefault(target, source)
    for source, target in crossing:
        if first[target] < first[source]:
            parents.setdefault(source, target)
    return parents


def _walk(below: dict) -> Iterable[str]:
    waiting = below[None][::-1]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += below[one][::-1]

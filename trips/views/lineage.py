"""旅の系譜図: the map of journeys, its table, and the way to one mark of it."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from cityhall.text import search_key
from trips import lineage
from trips.lineage import Graph, Node, scope
from trips.views import room


@require_safe
def lineage_map(request, key):
    """Everybody sees what led to what, as far as they may see the journeys and cases themselves."""
    found = scope.find(request.user, key)
    if found is None and request.user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    if found is None:
        raise Http404
    sought, chosen = request.GET.get("q", "").strip()[:100], request.GET.get("at", "")
    told = _told(found, sought, chosen if chosen in found.graph.by_key else "")
    may_order = room.is_staff(request.user)
    return room.show(request, "map", scope=found, sought=sought, may_order=may_order, **told)


def _told(found: scope.Scope, sought: str, chosen: str) -> dict:
    graph = found.graph
    matches = [node.key for node in graph.nodes if sought and _is_like(graph, node, sought)]
    link = _link(found.key, sought)
    title = f"旅の系譜図　{found.title}"
    drawn = lineage.svg(lineage.lay_out(graph), link, chosen=chosen, found=frozenset(matches), title=title)
    way = graph.before([chosen]) if chosen else set()
    shown = way or set(matches) if (chosen or sought) else set(graph.by_key)
    return {
        "picture": mark_safe(drawn),
        "legend": [{**one, "sign": mark_safe(one["sign"])} for one in lineage.legend(graph)],
        "lines": lineage.table(graph, shown, link),
        "count": len(graph.nodes),
        "matches": len(matches),
        "chosen": _chosen(graph, chosen, way) if chosen else None,
        "years": sorted({node.on.year for node in graph.nodes}),
    }


def _is_like(graph: Graph, node: Node, sought: str) -> bool:
    told = search_key(graph.words_of(node))
    return all(search_key(word) in told for word in sought.split())


def _link(key: str, sought: str):
    address = reverse("trips:map", args=[key])

    def link(node: str) -> str:
        return f"{address}?{urlencode({'at': node} | ({'q': sought} if sought else {}))}#chosen"

    return link


def _chosen(graph: Graph, key: str, way: set[str]) -> dict:
    """What stands beside the picture when a mark is chosen: where it began, and what came of it."""
    node, later = graph.by_key[key], graph.after([key]) - {key}
    first = min((graph.by_key[one] for one in way), key=lambda one: one.order)
    return {
        "node": node,
        "number": graph.numbers[key],
        "row": graph.row_of(node),
        "first": first if first != node else None,
        "before": len(way) - 1,
        "after": len(later),
        "journeys": len({graph.by_key[one].trip for one in later} - {None, node.trip}),
    }

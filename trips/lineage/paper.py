"""旅の系譜図 on A3: the picture on as many sheets as its words stay legible, then the table."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from cityhall.context import office
from trips.lineage.draw import svg
from trips.lineage.layout import PAPER, Layout, lay_out
from trips.lineage.scope import Scope
from trips.lineage.table import legend, table

STYLE = "map-paper"
HIGH = 800  # px of a sheet for the picture; below it 図の読み方
LEAST = 0.66  # words of 7 pt are the smallest


def paper_html(found: Scope, *, is_on_screen: bool = False) -> str:
    """The whole paper; on screen it takes its style from the site, in the PDF it brings it."""
    graph = found.graph
    told = {
        "scope": found,
        "sheets": [mark_safe(one) for one in pictures(found)],
        "legend": [
            {**one, "sign": mark_safe(one["sign"])} for one in legend(graph)[:-1]
        ],  # nothing is chosen
        "lines": table(graph, set(graph.by_key), lambda key: f"#n{graph.numbers[key]}"),
        "count": len(graph.nodes),
        "on": timezone.localdate(),
        "office": office(),
        "is_on_screen": is_on_screen,
    }
    return render_to_string("trips/map_paper.html", told)


def pictures(found: Scope) -> list[str]:
    """The picture, cut between rows where it is too high for one sheet; each part says its years."""
    layout = lay_out(found.graph, PAPER)
    across = min(1.0, PAPER.width / layout.width)
    whole = min(across, HIGH / layout.height)
    title = f"旅の系譜図　{found.title}"
    if whole >= min(LEAST, across):
        return [svg(layout, title=title, scale=whole)]
    years = svg(layout, title=f"{title}　年", scale=across, window=(0, layout.sheet.head))
    parts = _parts(layout, HIGH / across)
    return [years + svg(layout, title=title, scale=across, window=part) for part in parts]


def _parts(layout: Layout, high: float) -> list[tuple[float, float]]:
    """From where to where each sheet shows the picture: as many whole rows as it holds."""
    room = high - layout.sheet.head
    tops = [line.top for line in layout.lines if line.heading or not line.row.group] or [0.0]
    parts, start, last = [], tops[0], tops[0]
    for top in [*tops[1:], layout.height]:
        if top - start > room and last > start:
            parts.append((start, last))
            start = last
        last = top
    return [*parts, (start, layout.height)]

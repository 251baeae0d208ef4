"""Drawing: a laid-out map of journeys as one SVG string, attributes only, so page and paper take the same."""

from collections.abc import Callable

from cityhall.measure import width
from cityhall.svg import BLUE, FONT, HAIR, INK, PALE, PAPER, SOFT, SUB, circle, number, path, rect, safe
from cityhall.svg import text as said
from cityhall.svg import way as d
from trips.lineage.graph import Edge
from trips.lineage.layout import LEADING, Layout, Line, Spot, year_words
from trips.lineage.lines import line_of
from trips.lineage.marks import mark

Link = Callable[[str], str]


def svg(
    layout: Layout,
    link: Link | None = None,
    *,
    chosen: str = "",
    found: frozenset[str] = frozenset(),
    title: str = "旅の系譜図",
    scale: float = 1.0,
    window: tuple[float, float] | None = None,
) -> str:
    """The picture, or the part of its rows from `window`; with `link` its marks lead somewhere.

    What led to `chosen` is blue, what was `found` has a ground.
    """
    way = layout.graph.before([chosen]) if chosen in layout.spots else set()
    on_way = {layout.graph.by_key[key].row for key in way}
    top, bottom = window or (0.0, layout.height)
    edges = sorted(layout.graph.edges, key=lambda edge: (is_on(edge, way), not edge.is_band))
    spots = [spot for spot in layout.spots.values() if top < spot.y < bottom]
    lines = [line for line in layout.lines if top <= line.top < bottom]
    parts = [
        _open(layout, title, "group" if link else "img", scale, (top, bottom)),
        *(_year(layout, year, x) for year, x in layout.years),
        *(line_of(layout, edge, is_on(edge, way)) for edge in edges if _crosses(layout, edge, top, bottom)),
        *(_words(layout, spot, spot.node.key in way) for spot in spots),
        *(_mark(layout, spot, link, way, chosen, found) for spot in spots),
        _names(layout, lines, on_way, top),
        "</svg>",
    ]
    return "".join(parts)


def is_on(edge: Edge, way: set[str]) -> bool:
    return edge.source in way and edge.target in way


def _crosses(layout, edge: Edge, top: float, bottom: float) -> bool:
    ends = sorted((layout.spots[edge.source].y, layout.spots[edge.target].y))
    return ends[0] < bottom and ends[1] > top


def _open(layout, title, role, scale, window):
    w, top, graph = layout.width, window[0], layout.graph
    h = window[1] - top
    told = (
        f"{title}。出来事{len(graph.nodes)}、つながり{len(graph.edges)}。同じ内容の表が、図のあとにあります。"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {number(top)} {number(w)} {number(h)}"'
        f' width="{number(w * scale)}" height="{number(h * scale)}" role="{role}"'
        f' font-family="{FONT}" font-size="{layout.sheet.size}" fill="{INK}"><title>{safe(told)}</title>'
    )


def _year(layout, year, x):
    west, era = year_words(year)
    line = path(d("M", x, 6, "V", layout.height), f'stroke="{HAIR}"')
    return line + said(x + 6, 20, west, bold=True, size=15) + said(x + 6, 40, era, fill=PALE)


def _names(layout: Layout, lines: list[Line], on_way: set[str], top: float) -> str:
    """The names of the rows on white ground, together: the script keeps them in sight."""
    ground = rect(0, top, layout.sheet.label - 6, layout.height - top, f'fill="{PAPER}"')
    names = (_name(layout, line, line.row.key in on_way) for line in lines)
    return f'<g class="z-map__names">{ground}{"".join(names)}</g>'


def _name(layout: Layout, line: Line, is_way: bool):
    """The name of a row at its left, above it the TRIP whose strand it is."""
    sheet, tone = layout.sheet, BLUE if is_way else INK
    parts = []
    if line.heading:
        parts.append(said(0, line.top + sheet.heading - 12, line.heading, bold=True, fill=tone))
    if not sheet.is_open:
        return "".join([*parts, said(0, line.y + 5, "".join(line.name), bold=is_way, fill=tone)])
    for n, words in enumerate(line.name):
        is_first = n == 0 or not line.row.name
        fill = tone if is_first or is_way else SUB
        parts.append(said(0, line.y + 5 + n * LEADING, words, bold=is_first, fill=fill))
    return "".join(parts)


def _words(layout: Layout, spot: Spot, is_way: bool):
    """The words under a mark, on white ground where a line would run through them."""
    parts = []
    first = -9 - layout.sheet.mark / 2 - LEADING * (len(spot.lines) - 1)
    first = first if spot.is_above else layout.sheet.mark / 2 + 18
    for n, words in enumerate(spot.lines):
        y = spot.y + first + n * LEADING
        wide = width(words, layout.sheet.size, bold=is_way) + 2
        parts.append(rect(spot.x - wide / 2, y - 14, wide, LEADING, f'fill="{PAPER}"'))
        parts.append(said(spot.x, y, words, anchor="middle", bold=is_way, fill=BLUE if is_way else INK))
    return "".join(parts)


def _mark(layout, spot: Spot, link, way, chosen, found):
    node, size, x, y = spot.node, layout.sheet.mark, spot.x, spot.y
    place = layout.graph.numbers[node.key]
    drawn = mark(node, x, y, size, place if layout.sheet.is_open else None, node.key in way)
    if node.key in found:
        drawn = circle(x, y, size * 0.9, f'fill="{SOFT}" stroke="{BLUE}"') + drawn
    if node.key == chosen:
        r = size / 2 + 5
        frame = f'rx="4" fill="{PAPER}" stroke="{BLUE}" stroke-width="2"'
        drawn = rect(x - r, y - r, 2 * r, 2 * r, frame) + drawn
    if not link:
        return drawn
    told = safe(f"{place} {node.text}　{node.said_on}　{node.mark.label}")
    high = max(size, 20)
    room = rect(x - size / 2, y - high / 2, size, high, 'fill="none" pointer-events="all"')
    told_more = safe(layout.graph.words_of(node))
    here = ' aria-current="true"' if node.key == chosen else ""
    address = f'href="{safe(link(node.key))}" data-key="{node.key}" data-words="{told_more}"{here}'
    return f'<a {address} aria-label="{told}"><title>{told}</title>{room}{drawn}</a>'

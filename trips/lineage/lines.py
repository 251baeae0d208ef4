"""The lines of the map: straight along a row, a curve to another, a step where there is little room."""

from cityhall.svg import BLUE, PAPER, RULE, SUB, path
from cityhall.svg import way as d
from trips.lineage.graph import Edge, Mark
from trips.lineage.layout import Layout, Spot

FAR = 240  # from here on a line runs above the marks of its row
DASHES = ' stroke-dasharray="5 4"'


def line_of(layout: Layout, edge: Edge, is_way: bool) -> str:
    """One line with white on both its sides, so that crossing lines stay apart, and its head."""
    is_open = layout.sheet.is_open
    tone = BLUE if is_way else RULE if edge.is_band and is_open else SUB
    wide = 3 if is_way else 1.4 if is_open else 1.2
    run = _run(layout, edge)
    casing = path(run, f'fill="none" stroke="{PAPER}" stroke-width="{wide + 3}"')
    drawn = path(run, f'fill="none" stroke="{tone}" stroke-width="{wide}"{DASHES if edge.is_guess else ""}')
    return casing + drawn + ("" if edge.is_band or not is_open else _head(layout, edge, tone))


def _head(layout, edge, tone):
    target = layout.spots[edge.target]
    x, y = target.x - _reach(layout, target), target.y
    return path(d("M", x - 8, y - 4.5, "L", x, y, "L", x - 8, y + 4.5, "Z"), f'fill="{tone}"')


def _reach(layout: Layout, spot: Spot) -> float:
    """From the middle of a mark to its edge."""
    return layout.sheet.mark / 2 + (3 if spot.node.mark == Mark.LATENT else 1)


def _run(layout: Layout, edge: Edge) -> str:
    a, b = layout.spots[edge.source], layout.spots[edge.target]
    if not layout.sheet.is_open:
        return _step(a, b)
    x1, x2 = a.x + _reach(layout, a), b.x - _reach(layout, b)
    if a.y == b.y:
        return _along(layout, a, b, x1, x2)
    return _far(a, b, x1, x2) if x2 - x1 > FAR else _curve(a, b, x1, x2)


def _step(a: Spot, b: Spot) -> str:
    """Down or up from the one, then along the row of the other, with a round corner."""
    if a.y == b.y:
        return d("M", a.x, a.y, "H", b.x)
    r = min(7, b.x - a.x, abs(b.y - a.y))
    above = b.y - r if b.y > a.y else b.y + r
    return d("M", a.x, a.y, "V", above, "Q", a.x, b.y, a.x + r, b.y, "H", b.x)


def _curve(a: Spot, b: Spot, x1: float, x2: float) -> str:
    reach = max(18.0, (x2 - x1) * 0.55)
    return d("M", x1, a.y, "C", x1 + reach, a.y, x2 - reach, b.y, x2, b.y)


def _along(layout: Layout, a: Spot, b: Spot, x1: float, x2: float) -> str:
    """Straight to the neighbour; over the heads of what stands between."""
    if not any(spot.y == a.y and a.x < spot.x < b.x for spot in layout.spots.values()):
        return d("M", x1, a.y, "H", x2)
    top = a.y - layout.sheet.mark / 2 - 9
    rise = d("M", a.x + 7, a.y - 11, "Q", a.x + 12, top, a.x + 28, top)
    return rise + d(" H", x2 - 30, "Q", x2 - 14, top, x2 - 6, b.y - 5, "L", x2, b.y)


def _far(a: Spot, b: Spot, x1: float, x2: float) -> str:
    """Over to the height above the other's row, along it, and down into the mark."""
    top, bend = b.y - 21, min(x1 + 130, x2 - 60)
    middle = (x1 + bend) / 2
    rise = d("M", x1, a.y, "C", middle, a.y, middle, top, bend, top)
    return rise + d(" H", x2 - 30, "Q", x2 - 14, top, x2 - 6, b.y - 5, "L", x2, b.y)

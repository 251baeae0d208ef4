"""The marks of the map, told apart by shape alone, so that a black-and-white printer keeps them."""

from cityhall.svg import BLUE, INK, PAPER, SUB, circle, number, path, rect, text
from cityhall.svg import way as d
from trips.lineage.graph import Mark, Node

DASH = ' stroke-dasharray="3 2.5"'


def mark(node: Node, x: float, y: float, size: float, place: int | None, is_way: bool) -> str:
    """The mark of a node; `place` is its number, where there is room for it."""
    tone = BLUE if is_way else INK
    drawn = _drawn(node.mark, x, y, size / 24, tone, node.is_unsure)
    if place is None:
        return drawn
    is_dark = node.mark == Mark.TRIP or (node.mark == Mark.DIRECT and not node.is_unsure)
    beside = 13 if node.mark == Mark.END else 0
    fill = PAPER if is_dark else tone
    return drawn + text(x + beside, y + 5, str(place), size=14, bold=True, anchor="middle", fill=fill)


def sign(kind: Mark) -> str:
    """The mark alone, for 図の読み方."""
    return _picture(_drawn(kind, 28, 15, 0.9, INK, False), kind.label)


def stroke(tone: str, wide: float, dashes: str, name: str) -> str:
    """A short line, for 図の読み方."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return _picture(path(d("M", 2, 15, "H", 54), f'stroke="{tone}" stroke-width="{wide}"{dashed}'), name)


def _picture(drawn: str, name: str) -> str:
    frame = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 30" width="56" height="30" role="img"'
    return f"<svg {frame}><title>{name}</title>{drawn}</svg>"


def _drawn(kind: Mark, x, y, s, tone, is_unsure):
    """At a place, in the size `s` (1: 24 px), in a tone."""
    dash = DASH if is_unsure else ""
    line = f'fill="{PAPER}" stroke="{tone}" stroke-width="{number(max(1.3, 2 * s))}"{dash}'
    if kind == Mark.MEETING:
        return circle(x, y, 11 * s, line)
    if kind == Mark.TRIP:
        return circle(x, y, 12 * s, f'fill="{tone}"')
    if kind == Mark.LATENT:
        r = 15 * s
        return path(d("M", x, y - r, "L", x + r, y, "L", x, y + r, "L", x - r, y, "Z"), line)
    if kind == Mark.CASE:
        left, right, top, bottom, fold = x - 10 * s, x + 10 * s, y - 12 * s, y + 12 * s, 6 * s
        sheet = ("M", left, top, "H", right - fold, "L", right, top + fold, "V", bottom, "H", left, "Z")
        return path(d(*sheet), line)
    if kind == Mark.END:
        return rect(x - 2.5 * s, y - 13 * s, 5 * s, 26 * s, f'fill="{tone}"')
    if kind == Mark.HAPPENING:
        quiet = f'stroke="{SUB if tone == INK else tone}" stroke-width="{number(max(1, 1.3 * s))}"{dash}'
        return rect(x - 10 * s, y - 10 * s, 20 * s, 20 * s, f'rx="{number(6 * s)}" fill="{PAPER}" {quiet}')
    return _square(kind, x, y, s, tone, is_unsure, line)


def _square(kind, x, y, s, tone, is_unsure, line):
    """直接 is filled, 間接 a square in a square."""
    r, inner = (11 if kind == Mark.DIRECT else 12) * s, 9 * s if s > 0.7 else 2.4
    if kind == Mark.DIRECT and not is_unsure:
        return rect(x - r, y - r, 2 * r, 2 * r, f'fill="{tone}" stroke="{tone}"')
    outside = rect(x - r, y - r, 2 * r, 2 * r, line)
    if kind == Mark.DIRECT:
        return outside
    fill = "none" if s > 0.7 else tone
    return outside + rect(
        x - inner, y - inner, 2 * inner, 2 * inner, f'fill="{fill}" stroke="{tone}" stroke-width="1"'
    )

"""Where everything stands: rows from top to bottom, years from left to right, each as wide as it needs.

No line runs back: nothing stands left of an earlier day, and all that came of something stands right of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cityhall import calendar
from cityhall.line_breaks import break_lines
from cityhall.measure import width
from trips.lineage.graph import Graph, Mark, Node, Row

LEADING = 18
FEW = 64  # so many marks have room for their words
LINES = 3  # of words under a mark


@dataclass(frozen=True)
class Sheet:
    """The measures of one kind of picture, in px."""

    width: int = 1200  # filled if there is less to draw
    size: int = 14
    label: int = 176  # the column of the rows' names
    label_lines: int = 3
    mark: float = 24
    word: int = 102  # of the words under a mark; none where they have no room
    air: float = 12  # between neighbours of a row
    step: float = 34  # from something to what came of it
    year: int = 76
    head: int = 58
    heading: int = 38  # above the strands of a TRIP

    @property
    def is_open(self) -> bool:
        return self.word > 0


SCREEN = Sheet()
PAPER = Sheet(width=1480)
CLOSE = {"label": 250, "label_lines": 1, "mark": 12, "word": 0, "air": 5, "step": 15, "heading": 26}


@dataclass(frozen=True)
class Spot:
    """A node at its place, with the words under it, or above it where there is no room below."""

    node: Node
    x: float
    y: float
    lines: tuple[str, ...]
    is_above: bool


@dataclass(frozen=True)
class Line:
    """A row at its height, with its name in lines; `heading` stands above the first of a group."""

    row: Row
    y: float
    top: float
    name: tuple[str, ...]
    heading: str


@dataclass(frozen=True)
class Layout:
    """The picture, ready to draw."""

    graph: Graph
    sheet: Sheet
    spots: dict[str, Spot]
    lines: list[Line]
    years: list[tuple[int, float]]
    width: float
    height: float


def lay_out(graph: Graph, sheet: Sheet = SCREEN) -> Layout:
    """The picture of the graph: with words while they have room, else close together."""
    if len(graph.nodes) > FEW:
        sheet = Sheet(width=sheet.width, **CLOSE)
    words = {node.key: _words(node, sheet) for node in graph.nodes}
    xs, above, years, wide = _filled(graph, sheet, words)
    lines, height = _down(graph, sheet, words, above)
    ys = {line.row.key: line.y for line in lines}
    spots = {
        node.key: Spot(node, xs[node.key], ys[node.row], words[node.key], node.key in above)
        for node in graph.nodes
    }
    return Layout(graph, sheet, spots, lines, years, wide, height)


def _words(node: Node, sheet: Sheet) -> tuple[str, ...]:
    if not sheet.is_open:
        return ()
    return shortened(node.short, sheet.word, sheet.size, LINES)


def shortened(words: str, room: float, size: float, lines: int, bold: bool = False) -> tuple[str, ...]:
    """The words in so many lines at most, the rest cut off with a sign."""
    found = break_lines(words, room, size, bold)
    while len(found) > lines:
        words = words.rstrip("…")[:-1].rstrip("、。・ 　") + "…"
        found = break_lines(words, room, size, bold)
    return found


# --- across ----------------------------------------------------------------------


def _filled(graph, sheet, words):
    """Wide enough for everything; years share what is left of the sheet."""
    base = float(sheet.year)
    found = _across(graph, sheet, words, base)
    for _ in range(6):
        base += (sheet.width - found[3]) / max(1, len(found[2]))
        wider = _across(graph, sheet, words, base)
        if base <= sheet.year or wider[3] > sheet.width + 1:
            break
        found = wider
    return found


def _across(graph, sheet, words, base):
    """x of every node, whose words stand above, where the years begin, and how wide it all becomes."""
    xs, above, free = {}, set(), defaultdict(float)
    years, start, before = [], float(sheet.label), 0.0
    for year, nodes in groupby(graph.nodes, key=lambda node: node.on.year):
        years.append((year, start))
        right = start
        for node in nodes:
            wished = max(
                start + sheet.mark + (base - sheet.mark) * _part_of_year(node.on),
                before,
                free[node.row] + sheet.mark / 2,
                *(xs[edge.source] + sheet.step for edge in graph.into[node.key]),
            )
            x = before = _beside(node, wished, sheet, words, free, above)
            xs[node.key], right = x, max(right, x)
        start = max(start + base, right + sheet.mark)
    ends = [x + _half(graph.by_key[key], sheet, words) for key, x in xs.items()]
    return xs, above, years, max([start, *ends]) + 8


def _beside(node, wished, sheet, words, free, above):
    """The first place from the one wished for where the words fit, below the mark or above it."""
    half = _half(node, sheet, words)
    sides = {side: max(wished, free[node.row, side] + half) for side in ("below", "above")}
    side = "above" if sheet.is_open and sides["below"] > sides["above"] + 6 else "below"
    if side == "above":
        above.add(node.key)
    free[node.row, side] = sides[side] + half + sheet.air
    free[node.row] = sides[side] + sheet.mark / 2 + sheet.air
    return sides[side]


def _half(node, sheet, words):
    """Half of the room a node needs on its row."""
    wide = max((width(line, sheet.size) for line in words[node.key]), default=0)
    beside = 14 if node.mark == Mark.END and sheet.is_open else 0
    return max(wide, sheet.mark + 2 * beside) / 2


def _part_of_year(day: date) -> float:
    return (day.timetuple().tm_yday - 1) / 366


# --- down ------------------------------------------------------------------------


def _down(graph, sheet, words, above):
    most, over = defaultdict(int), defaultdict(int)
    for node in graph.nodes:
        side = over if node.key in above else most
        side[node.row] = max(side[node.row], len(words[node.key]))
    lines, y, group = [], float(sheet.head), ""
    for row in graph.rows:
        heading = row.group if row.group != group else ""
        group = row.group
        name, top = _name(row, sheet), y
        y += max(over[row.key] * LEADING, sheet.heading * bool(heading))
        high = _height(sheet, most[row.key], len(name))
        middle = y + (16 + sheet.mark / 2 if sheet.is_open else high / 2)
        lines.append(Line(row, middle, top, name, heading))
        y += high
    return lines, y + 12


def _height(sheet, words, names):
    if not sheet.is_open:
        return 20
    return 16 + max(sheet.mark + 6 + words * LEADING, names * LEADING) + 12


def _name(row, sheet):
    room = sheet.label - 14
    if not sheet.is_open:
        called = f"{row.name} " if row.name else "　" if row.group else ""
        return shortened(called + row.title, room, sheet.size, 1, bold=True)
    if row.name:
        return (row.name, *shortened(row.title, room, sheet.size, sheet.label_lines - 1))
    return shortened(row.title, room, sheet.size, sheet.label_lines, bold=True)


def year_words(year: int) -> tuple[str, str]:
    """2015 and 平成27年: the era is the one of that December."""
    era = calendar.wareki(date(year, 12, 31)).partition("年")[0]
    return str(year), f"{era}年"

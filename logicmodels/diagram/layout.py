"""From content to a laid-out picture: boxes, lanes, order, heights, routes."""

from dataclasses import replace
from itertools import pairwise

from cityhall.line_breaks import break_lines
from logicmodels.content import columns, numbers, reordered
from logicmodels.diagram.order import Order, fewest_crossings, lanes_between
from logicmodels.diagram.place import place
from logicmodels.diagram.route import route
from logicmodels.diagram.shapes import COLUMNS, PAPER, SCREEN, Box, Picture, Sheet, Stop, Track
from logicmodels.vocabulary import Column

ROW = 100  # px a box may take with its air, on a screen
NOTE = 1.4  # line height of 「指標 2」 in its own size
BOLD_FROM = Column.SHORT.place


def lay_out(content: dict, sheet: Sheet = PAPER) -> Picture:
    """The picture of the content; nodes keep their order, lanes of long arrows find a way between them."""
    boxes = _boxes(content, sheet)
    tracks = [_track(arrow, boxes, sheet) for arrow in content["arrows"]]
    order = _order(boxes, tracks)
    lanes_between(order)
    height = place(order.columns, _links(tracks), sheet)
    route(tracks, sheet)
    return Picture(sheet, content["title"], list(boxes.values()), tracks, height, _marks(content))


def fitted(content: dict, sheet: Sheet = SCREEN) -> Picture:
    """The picture for a screen: as high as its boxes ask."""
    rows = max(3, *map(len, columns(content)))
    return lay_out(content, replace(sheet, height=sheet.top + ROW * rows))


def tidied(content: dict) -> dict:
    """The content with its nodes reordered so that fewer arrows cross (並びを整える), or as it is."""
    boxes = _boxes(content, PAPER)
    order = _order(boxes, [_track(arrow, boxes, PAPER) for arrow in content["arrows"]], is_free=True)
    drawn = [stop for column in fewest_crossings(order) for stop in column if isinstance(stop, Box)]
    tidy = reordered(content, [box.node["id"] for box in drawn])
    return tidy if crossings(tidy) < crossings(content) else content


def crossings(content: dict) -> int:
    """How many pairs of arrows cross in the picture as it stands."""
    boxes = _boxes(content, PAPER)
    order = _order(boxes, [_track(arrow, boxes, PAPER) for arrow in content["arrows"]])
    lanes_between(order)
    return order.crossings()


def _boxes(content, sheet):
    given, busy = numbers(content), _busy(content)
    return {
        node["id"]: _box(node, at, given[node["id"]], busy.get(node["id"], 0), sheet)
        for at, column in enumerate(columns(content))
        for node in column
    }


def _box(node, column, number, ports, sheet):
    lines = list(break_lines(node["text"], sheet.column - 2 * sheet.pad, sheet.size, column >= BOLD_FROM))
    note = f"指標 {len(node['indicators'])}" if node["indicators"] else ""
    words = len(lines) * sheet.leading + (note_height(sheet) if note else 0) + 2 * sheet.pad
    height = max(words, 8 + sheet.port * ports)
    return Box(column=column, height=height, node=node, number=number, lines=lines, note=note)


def note_height(sheet: Sheet) -> float:
    """Height of the small line under a box's text."""
    return (sheet.size - 1) * NOTE + 1


def _busy(content):
    """How many arrows share the busier side of each node."""
    place_of = {node["id"]: Column(node["column"]).place for node in content["nodes"]}
    sides: dict[tuple, int] = {}
    for arrow in content["arrows"]:
        a, b = arrow["from"], arrow["to"]
        near, far = ("left", "right") if place_of[a] > place_of[b] else ("right", "left")
        far = "right" if place_of[a] == place_of[b] else far
        for key in ((a, near), (b, far)):
            sides[key] = sides.get(key, 0) + 1
    return {node: max(sides.get((node, "left"), 0), sides.get((node, "right"), 0)) for node, _ in sides}


def _track(arrow, boxes, sheet):
    ends = boxes[arrow["from"]], boxes[arrow["to"]]
    is_backward = ends[0].column > ends[1].column
    first, last = reversed(ends) if is_backward else ends
    lanes = [Stop(column=c, height=sheet.lane, is_lane=True) for c in range(first.column + 1, last.column)]
    return Track(arrow=arrow, stops=[first, *lanes, last], is_backward=is_backward)


def _order(boxes, tracks, is_free=False):
    filled: list[list[Stop]] = [[] for _ in range(COLUMNS)]
    for box in boxes.values():
        filled[box.column].append(box)
    # a first guess for lanes: between the places of their two ends
    shares = {box: (i + 0.5) / len(column) for column in filled for i, box in enumerate(column)}
    for track in tracks:
        _seat_lanes(track, shares, filled)
    for column in filled:
        column.sort(key=shares.__getitem__)
    return Order(filled, _links(tracks), frozenset() if is_free else frozenset(boxes.values()))


def _seat_lanes(track, shares, filled):
    first, *lanes, last = track.stops
    for i, lane in enumerate(lanes, start=1):
        shares[lane] = shares[first] + (shares[last] - shares[first]) * i / (len(lanes) + 1)
        filled[lane.column].append(lane)


def _links(tracks):
    return [pair for track in tracks if not track.is_loop for pair in pairwise(track.stops)]


def _marks(content):
    told = enumerate(content["assumptions"], start=1)
    return [(i, assumption) for i, assumption in told if assumption["from"] and assumption["to"]]

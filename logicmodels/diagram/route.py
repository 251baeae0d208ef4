"""Routes: ports at the boxes, S-curves in the gutters, straight through the lanes; never through a box."""

from itertools import pairwise

from logicmodels.diagram.shapes import HEAD, Box, Sheet, Stop, Track

OUT = 6  # straight out of a box
IN = 22  # straight in, under the letter
MOST_IN = 0.65  # of the gutter, where it is narrow
HANDLE = 0.55  # of the span, for level tangents
SAMPLES = 20

Point = tuple[float, float]


def route(tracks: list[Track], sheet: Sheet) -> None:
    """Give every track its path, its tip and sample points along it."""
    ports = _ports(tracks, sheet)
    for track in tracks:
        if track.is_loop:
            _loop(track, ports, sheet)
        else:
            _across(track, ports, sheet)


def _ports(tracks, sheet):
    """(track, stop) → y: arrows of one side of a box lie a port apart, in order of the other end's height."""
    sides: dict[tuple[Stop, str], list] = {}
    for track in tracks:
        first, last = track.stops[0], track.stops[-1]
        far = "right" if track.is_loop else "left"
        sides.setdefault((first, "right"), []).append((track.stops[1].middle, track, first))
        sides.setdefault((last, far), []).append((track.stops[-2].middle, track, last))
    ports = {}
    for (stop, _), ends in sides.items():
        ends.sort(key=lambda end: end[0])
        for i, (_, track, _) in enumerate(ends):
            ports[track, stop] = stop.middle + (i - (len(ends) - 1) / 2) * sheet.port
    return ports


def _across(track, ports, sheet: Sheet):
    """Gutter by gutter from left to right; a backward arrow is the same curve with its head at the left."""
    heights = [ports.get((track, stop), stop.middle) for stop in track.stops]
    curves = []
    for (a, y_a), (b, y_b) in pairwise(zip(track.stops, heights, strict=True)):
        x_a, x_b = sheet.right(a.column), sheet.left(b.column)
        bend_from = x_a + (_inward(sheet) if track.is_backward and isinstance(a, Box) else OUT)
        bend_to = x_b - (_inward(sheet) if not track.is_backward and isinstance(b, Box) else OUT)
        curves.append(((x_a, y_a), (bend_from, y_a), (bend_to, y_b), (x_b, y_b)))
    start, tip = curves[0][0], curves[-1][-1]
    if track.is_backward:
        start, tip = tip, start
    track.start, track.tip = start, tip
    track.path = _path(curves, track.is_backward)
    track.samples = [point for curve in curves for point in _along(curve)]


def _path(curves, is_backward):
    first, last = curves[0][0], curves[-1][-1]
    x0, x1 = first[0] + (HEAD - 1 if is_backward else 0), last[0] - (0 if is_backward else HEAD - 1)
    parts = [f"M{_n(x0)} {_n(first[1])}"]
    for _, bend_from, bend_to, _ in curves:
        h1, h2 = _handles(bend_from, bend_to)
        parts.append(f"H{_n(bend_from[0])}C{_p(h1)} {_p(h2)} {_p(bend_to)}")
    return "".join([*parts, f"H{_n(x1)}"])


def _handles(a: Point, b: Point) -> tuple[Point, Point]:
    span = (b[0] - a[0]) * HANDLE
    return (a[0] + span, a[1]), (b[0] - span, b[1])


def _along(curve):
    start, a, b, end = curve
    h1, h2 = _handles(a, b)
    steps = (i / SAMPLES for i in range(SAMPLES + 1))
    return [start, *(_bezier(a, h1, h2, b, t) for t in steps), end]


def _bezier(a, b, c, d, t):
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))


def _inward(sheet: Sheet) -> float:
    return min(IN + HEAD, sheet.gutter * MOST_IN)


def _loop(track, ports, sheet: Sheet):
    """Between two boxes of one column: out to the right, round in the gutter, back in from the right."""
    a, b = track.stops
    x, y_a, y_b = sheet.right(a.column), ports[track, a], ports[track, b]
    near, far, bend = x + OUT, x + sheet.gutter * 0.8, x + _inward(sheet)
    curve = ((x, y_a), (near, y_a), (bend, y_b), (x, y_b))
    h1, h2 = (far, y_a), (far, y_b)
    track.start, track.tip, track.is_backward = (x, y_a), (x, y_b), True
    track.path = f"M{_n(x)} {_n(y_a)}H{_n(near)}C{_p(h1)} {_p(h2)} {_p((bend, y_b))}H{_n(x + HEAD - 1)}"
    track.samples = [_bezier(curve[1], h1, h2, curve[2], i / SAMPLES) for i in range(SAMPLES + 1)]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _p(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"

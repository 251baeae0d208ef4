"""Heights: every stop near the middle of its neighbours, in order, with air between (pooled violators)."""

from itertools import pairwise

from logicmodels.diagram.shapes import Sheet, Stop

PASSES = 24
PULL = 0.85  # how much a stop follows its neighbours, against staying where it is
EXTRA = 64  # most air added between two boxes when there is room
SHARE = 0.6  # of the free height that is shared out as air


def place(columns: list[list[Stop]], links: list[tuple[Stop, Stop]], sheet: Sheet) -> float:
    """Set the middle of every stop and return the height the picture needs."""
    height = max([sheet.height, *(sheet.top + _least(column, sheet) for column in columns)])
    top, bottom = sheet.top + 8, height - 4
    gaps = [_gaps(column, bottom - top, sheet) for column in columns]
    for column, gap in zip(columns, gaps, strict=True):
        _spread(column, gap, top, bottom)
    _settle(columns, gaps, _neighbours(columns, links), top, bottom)
    _centre([stop for column in columns for stop in column], top, bottom)
    return height


def _least(column, sheet):
    return sum(stop.height for stop in column) + sum(_gaps(column, 0, sheet)) + 12


def _gaps(column, room, sheet):
    """The air between neighbours: the sheet's gap and a share of the free height; lanes need little."""
    bare = [sheet.lane_gap if a.is_lane or b.is_lane else sheet.gap for a, b in pairwise(column)]
    free = max(0.0, room - sum(stop.height for stop in column) - sum(bare))
    extra = min(EXTRA, SHARE * free / len(bare)) if bare else 0.0
    return [gap if gap == sheet.lane_gap else gap + extra for gap in bare]


def _spread(column, gaps, top, bottom):
    used = sum(stop.height for stop in column) + sum(gaps)
    y, air = top, max(0.0, bottom - top - used) / (len(column) + 1)
    for stop, gap in zip(column, [*gaps, 0.0], strict=True) if column else ():
        stop.middle = y + air + stop.height / 2
        y += air + stop.height + gap


def _neighbours(columns, links):
    near = {stop: [] for column in columns for stop in column}
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    return near


def _settle(columns, gaps, near, top, bottom):
    forward = list(zip(columns, gaps, strict=True))
    for turn in range(PASSES):
        for column, gap in forward if turn % 2 == 0 else reversed(forward):
            if column:
                _pool(column, gap, [_wish(stop, near[stop]) for stop in column], top, bottom)


def _wish(stop, near):
    if not near:
        return stop.middle
    return PULL * sum(other.middle for other in near) / len(near) + (1 - PULL) * stop.middle


def _pool(column, gaps, wishes, top, bottom):
    """The nearest middles to the wishes that keep order and gaps, within the picture."""
    steps = [(a.height + b.height) / 2 + gap for (a, b), gap in zip(pairwise(column), gaps, strict=True)]
    offsets = [0.0]
    for step in steps:
        offsets.append(offsets[-1] + step)
    low, high = top + column[0].height / 2, bottom - column[-1].height / 2 - offsets[-1]
    level = _isotonic([wish - offset for wish, offset in zip(wishes, offsets, strict=True)])
    for stop, base, offset in zip(column, level, offsets, strict=True):
        stop.middle = max(low, min(base, max(low, high))) + offset


def _isotonic(values):
    """Non-decreasing values nearest to the given ones in least squares."""
    pools = []
    for value in values:
        pools.append([value, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean_b, count_b), (mean_a, count_a) = pools.pop(), pools.pop()
            count = count_a + count_b
            pools.append([(mean_a * count_a + mean_b * count_b) / count, count])
    return [mean for mean, count in pools for _ in range(count)]


def _centre(stops, top, bottom):
    if not stops:
        return
    shift = (top + bottom - min(s.top for s in stops) - max(s.bottom for s in stops)) / 2
    for stop in stops:
        stop.middle += shift

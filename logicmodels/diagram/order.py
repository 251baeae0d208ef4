"""Ordering columns so that few arrows cross: barycentre sweeps, swaps of neighbours, seeded shuffles."""

import random
from bisect import bisect_right, insort
from collections.abc import Sequence

SWEEPS = 12
SHUFFLES = 8
WORK = 12_000  # links drawn over all shuffles: bounds the time by work, not by the clock
SEED = 8


class Order:
    """The order of the items in each column, with the links between neighbouring columns."""

    def __init__(self, columns: Sequence[Sequence], links: Sequence[tuple], fixed: frozenset = frozenset()):
        self.columns = [list(column) for column in columns]
        self.fixed = fixed
        self.right = {item: [] for column in columns for item in column}
        self.left = {item: [] for item in self.right}
        for a, b in links:
            self.right[a].append(b)
            self.left[b].append(a)
        self.place = {}
        for column in self.columns:
            self._note(column)

    def crossings(self) -> int:
        """How many pairs of links cross, over all gutters."""
        return sum(self._gutter(column) for column in self.columns)

    def _gutter(self, column):
        total, seen = 0, []
        for item in column:
            ends = [self.place[other] for other in self.right[item]]
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
        return total

    def _note(self, column):
        self.place.update((item, i) for i, item in enumerate(column))

    def sort_column(self, column, sides):
        """Sort by the mean place of the neighbours on one side; items without any stay where they are."""
        wishes = {item: self._mean(sides[item], self.place[item]) for item in column}
        column.sort(key=wishes.__getitem__)
        self._note(column)

    def _mean(self, others, own):
        return sum(self.place[o] for o in others) / len(others) if others else own

    def swap_neighbours(self, column):
        """Swap neighbours while it saves crossings; only their own links are counted."""
        improved = True
        while improved:
            improved = False
            for i in range(len(column) - 1):
                if self._gain(column[i], column[i + 1]) > 0:
                    column[i], column[i + 1] = column[i + 1], column[i]
                    self.place[column[i]], self.place[column[i + 1]] = i, i + 1
                    improved = True

    def _gain(self, upper, lower):
        if upper in self.fixed and lower in self.fixed:
            return 0
        return sum(
            _crossed(self._ends(side[upper]), self._ends(side[lower]))
            - _crossed(self._ends(side[lower]), self._ends(side[upper]))
            for side in (self.left, self.right)
        )

    def _ends(self, others):
        return sorted(self.place[other] for other in others)

    def shuffle(self, dice):
        for column in self.columns:
            dice.shuffle(column)
            self._note(column)

    def taken(self, columns):
        for column, wanted in zip(self.columns, columns, strict=True):
            column[:] = wanted
            self._note(column)


def fewest_crossings(order: Order) -> list[list]:
    """The best order found from the given one and from shuffles of it; ties keep the earlier."""
    dice = random.Random(SEED)
    start = [list(column) for column in order.columns]
    best, crossed = start, order.crossings()
    links = sum(map(len, order.right.values())) or 1
    for round_ in range(1 + min(SHUFFLES, WORK // (links * SWEEPS))):
        if crossed == 0:
            break
        order.taken(start)
        if round_:
            order.shuffle(dice)
        best, crossed = _sweep(order, best, crossed)
    order.taken(best)
    return best


def _sweep(order, best, crossed):
    for turn in range(SWEEPS):
        forward = turn % 2 == 0
        for column in order.columns if forward else reversed(order.columns):
            order.sort_column(column, order.left if forward else order.right)
        for column in order.columns:
            order.swap_neighbours(column)
        now = order.crossings()
        if now < crossed:
            best, crossed = [list(column) for column in order.columns], now
    return best, crossed


def lanes_between(order: Order) -> list[list]:
    """Keep the boxes as the people put them and let only the lanes of long arrows move among them."""
    for _ in range(SWEEPS):
        before = [list(column) for column in order.columns]
        for column in order.columns:
            order.swap_neighbours(column)
        if before == order.columns:
            break
    return order.columns


def _crossed(upper, lower):
    """Pairs where an end of the upper item lies below an end of the lower one; both lists are sorted."""
    return sum(len(upper) - bisect_right(upper, end) for end in lower) if upper and lower else 0

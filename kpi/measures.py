"""How figures are rounded and found in the middle: exact fractions first, half up at the end (ledger.md)."""

from fractions import Fraction
from math import floor


def half_up(value: Fraction | None, places: int) -> float | None:
    """The exact fraction rounded half up to so many places; None stays None."""
    return None if value is None else floor(value * 10**places + Fraction(1, 2)) / 10**places


def share(part: int, whole: int) -> Fraction | None:
    """part ÷ whole, None of nothing."""
    return Fraction(part, whole) if whole else None


def mean(values: list[int]) -> Fraction | None:
    """The mean, None of nothing."""
    return share(sum(values), len(values))


def median(values: list[int]) -> Fraction | None:
    """The middle value, of an even number the mean of the middle two, None of nothing."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return Fraction(ordered[half] + ordered[-half - 1], 2)


def nearest_rank(values: list[int], percent: int) -> int | None:
    """The percentile by nearest rank, None of nothing."""
    return sorted(values)[-(-percent * len(values) // 100) - 1] if values else None


def plain(value: Fraction | None) -> int | float | None:
    """A median as it is written: 4 and 4.5."""
    return int(value) if value is not None and value.denominator == 1 else half_up(value, 2)

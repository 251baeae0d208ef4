"""Exact fractions, rounded half up at the end."""

from fractions import Fraction

import pytest

from kpi import measures
from kpi.tiles import percent


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Fraction(66, 7), 2, 9.43),
        (Fraction(1, 8), 2, 0.13),  # half even would give 0.12
        (Fraction(1, 3), 4, 0.3333),
        (Fraction(201, 200), 2, 1.01),  # 1.005 as a float rounds down
        (Fraction(0), 4, 0.0),
        (None, 4, None),
    ],
)
def test_rounding_half_up(value, places, rounded):
    assert measures.half_up(value, places) == rounded


@pytest.mark.parametrize(
    ("values", "middle"),
    [([], None), ([4], 4), ([9, 1, 5], 5), ([1, 2], 1.5), ([4, 2, 9, 4], 4), ([43, 2, 2, 9], 5.5)],
)
def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two(values, middle):
    assert measures.plain(measures.median(values)) == middle


@pytest.mark.parametrize(
    ("values", "rank"),
    [([], None), ([7], 7), (list(range(1, 11)), 9), (list(range(1, 12)), 10), ([9, 2, 2, 4, 2, 4, 43], 43)],
)
def test_the_ninetieth_percentile_is_the_nearest_rank(values, rank):
    assert measures.nearest_rank(values, 90) == rank


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (0, 0, ("–", "")),
        (1, 3, ("1 / 3", "件")),
        (4, 4, ("4 / 4", "件")),
        (3, 9, ("33.3", "%")),
        (1, 16, ("6.3", "%")),
    ],
)
def test_a_share_under_five_is_a_fraction(part, whole, written):
    assert percent(part, whole) == written

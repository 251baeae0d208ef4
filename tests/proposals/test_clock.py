"""A section's own days: what counts, what rests, and where the due date moves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityhall import calendar
from proposals.clock import Pause, read

# July 2026: Wednesday the 1st; the 20th is a holiday
ASKED, DUE = date(2026, 7, 1), date(2026, 7, 10)


def july(day):
    return date(2026, 7, day)


@pytest.mark.parametrize(
    ("pauses", "until", "days", "due"),
    [
        ([], 8, 5, 10),
        ([(3, 7)], 8, 3, 14),  # 6th and 7th do not count
        ([(3, 7), (6, 8)], 9, 3, 15),  # two questions at once rest the days once
        ([(3, 6), (8, 9)], 10, 5, 14),
        ([(10, 14)], 15, 8, 14),  # asked on the last day, in time
        ([(13, 15)], 16, 9, 10),  # a question after the due date forgives nothing
        ([(3, None)], 9, 2, 16),  # still out: the due date moves day by day
        ([(17, 21)], 8, 5, 10),  # not yet
        ([(3, 3)], 8, 5, 10),  # answered on the same day
    ],
)
def test_days_and_due_date(pauses, until, days, due):
    pauses = [Pause(july(first), last and july(last)) for first, last in pauses]

    clock = read(ASKED, DUE, until=july(until), pauses=pauses)

    assert (clock.days, clock.due_on) == (days, july(due))


def test_a_sheet_that_rests_is_not_late():
    clock = read(ASKED, DUE, until=july(15), pauses=[Pause(july(13))])

    assert (clock.is_paused, clock.is_late(july(15))) == (True, False)


def test_an_answered_sheet_does_not_rest():
    assert not read(ASKED, DUE, until=july(6), pauses=[Pause(july(3))], is_open=False).is_paused


def test_city_closures_count_for_nobody():
    clock = read(ASKED, DUE, until=july(8), pauses=[Pause(july(3), july(7))], closed=frozenset({july(6)}))

    assert (clock.days, clock.paused_days, clock.due_on) == (3, 1, july(13))


days_of_the_year = st.dates(date(2026, 4, 1), date(2027, 3, 31))


@given(
    st.lists(st.tuples(days_of_the_year, st.none() | days_of_the_year), max_size=6),
    days_of_the_year,
    days_of_the_year,
)
def test_each_open_day_counts_once_or_rests_once(times, until, due_on):
    until, due_on = max(until, ASKED), max(due_on, ASKED)
    clock = read(ASKED, due_on, until=until, pauses=[Pause(*time) for time in times])

    assert clock.days >= 0
    assert clock.days + clock.paused_days == calendar.count_open_days(ASKED, until)
    assert clock.due_on >= due_on

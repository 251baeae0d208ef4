"""Open days, fiscal years and era dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityhall import calendar
from cityhall.calendar import add_open_days, count_open_days, is_open, next_open_day, parse_date

R8 = date(2026, 4, 1), date(2027, 3, 31)
KNOWN_DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


def test_fiscal_year_r8_has_241_open_days():
    assert count_open_days(R8[0] - timedelta(1), R8[1]) == 241


@pytest.mark.parametrize(
    "day",
    [
        "2026-05-06",  # 振替休日
        "2026-09-22",  # 国民の休日
        "2027-03-22",  # 振替休日
        "2026-12-29",
        "2027-01-03",
        "2026-04-04",  # Saturday
        "2026-04-05",  # Sunday
        "2019-04-30",  # between two holidays of the change of era
    ],
)
def test_closed_days(day):
    assert not is_open(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day", ["2026-05-07", "2026-09-24", "2027-03-23", "2026-12-28", "2027-01-04", "2026-12-25"]
)
def test_open_days(day):
    assert is_open(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("first", "tenth"),
    [("2026-04-20", "2026-05-08"), ("2026-09-18", "2026-10-07"), ("2026-12-25", "2027-01-15")],
)
def test_ten_open_days_later(first, tenth):
    assert add_open_days(date.fromisoformat(first), 10) == date.fromisoformat(tenth)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-04-13", "2026-04-24", 9),
        ("2026-05-01", "2026-05-08", 2),
        ("2026-09-18", "2026-09-25", 2),
        ("2026-12-25", "2027-01-06", 4),
        ("2027-03-19", "2027-04-02", 9),
        ("2026-11-02", "2026-11-09", 4),
        ("2026-03-30", "2026-06-03", 43),
        ("2027-03-19", "2027-03-31", 7),
        ("2026-04-13", "2026-04-13", 0),
        ("2026-04-18", "2026-04-19", 0),
        ("2026-04-24", "2026-04-13", -9),
    ],
)
def test_open_days_between_two_days(first, last, days):
    assert count_open_days(date.fromisoformat(first), date.fromisoformat(last)) == days


def test_a_city_closure_is_not_counted_and_only_for_who_gives_it():
    closed = frozenset({date(2026, 4, 15)})

    counted = count_open_days(date(2026, 4, 13), date(2026, 4, 17), closed)

    assert counted == 3
    assert count_open_days(date(2026, 4, 13), date(2026, 4, 17)) == 4
    assert not is_open(date(2026, 4, 15), closed)
    assert add_open_days(date(2026, 4, 14), 1, closed) == date(2026, 4, 16)


def test_a_deadline_on_a_closed_day_moves_to_the_next_open_one():
    assert next_open_day(date(2026, 5, 2)) == date(2026, 5, 7)
    assert next_open_day(date(2026, 5, 7)) == date(2026, 5, 7)


def test_no_open_day_later_is_the_day_itself_even_when_closed():
    assert add_open_days(date(2026, 5, 3), 0) == date(2026, 5, 3)


@pytest.mark.parametrize(
    "call",
    [
        lambda: add_open_days(date(2026, 4, 1), -1),
        lambda: add_open_days(date(2099, 12, 28), 1),
        lambda: is_open(date(1900, 1, 1)),
        lambda: count_open_days(date(2026, 4, 1), date(2100, 1, 1)),
        lambda: calendar.wareki(date(1867, 1, 1)),
        lambda: calendar.jst_date(datetime(2026, 4, 1)),
    ],
)
def test_what_cannot_be_counted_is_refused_in_japanese(call):
    with pytest.raises(ValueError, match=r"。$"):
        call()


@given(KNOWN_DAYS, KNOWN_DAYS)
def test_the_table_agrees_with_a_walk_day_by_day(one, other):
    first, last = min(one, other), max(one, other)

    counted = count_open_days(first, last)

    assert counted == sum(is_open(first + timedelta(n)) for n in range(1, (last - first).days + 1))


@given(KNOWN_DAYS, st.integers(1, 400))
def test_adding_is_the_inverse_of_counting(day, n):
    later = add_open_days(day, n)

    assert is_open(later)
    assert count_open_days(day, later) == n


def test_the_table_for_loops_gives_the_same_numbers():
    numbers = calendar.ordinals()

    days = numbers[date(2027, 4, 2)] - numbers[date(2027, 3, 19)]

    assert days == count_open_days(date(2027, 3, 19), date(2027, 4, 2)) == 9


@pytest.mark.parametrize(
    ("day", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2027-01-01", 2026), ("2028-02-29", 2027)]
)
def test_the_fiscal_year_begins_in_april(day, year):
    assert calendar.fiscal_year(date.fromisoformat(day)) == year


def test_a_fiscal_year_knows_its_first_and_last_day():
    assert calendar.fiscal_year_bounds(2026) == R8


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        ("2026-04-01", "令和8年4月1日", "R8.4.1"),
        ("2019-05-01", "令和元年5月1日", "R1.5.1"),
        ("2019-04-30", "平成31年4月30日", "H31.4.30"),
        ("1989-01-08", "平成元年1月8日", "H1.1.8"),
        ("1989-01-07", "昭和64年1月7日", "S64.1.7"),
        ("1926-12-25", "昭和元年12月25日", "S1.12.25"),
        ("1926-12-24", "大正15年12月24日", "T15.12.24"),
        ("1912-07-30", "大正元年7月30日", "T1.7.30"),
        ("1912-07-29", "明治45年7月29日", "M45.7.29"),
    ],
)
def test_a_day_in_the_era_and_back(day, long, short):
    western = date.fromisoformat(day)

    assert (calendar.wareki(western), calendar.wareki_short(western)) == (long, short)
    assert (parse_date(long), parse_date(short)) == (western, western)


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-13",
        "2026-4-13",
        "2026/4/13",
        "2026.4.13",
        "2026年4月13日",
        "R8.4.13",
        "r8.4.13",
        "R08/04/13",
        "令和8年4月13日",
        "令和８年４月１３日",
        "２０２６－０４－１３",
        "２０２６／４／１３",
        "Ｒ８．４．１３",
        "㋿8年4月13日",
        " 令和 8 年 4 月 13 日　",
    ],
)
def test_every_way_of_writing_a_day_is_read(text):
    assert parse_date(text) == date(2026, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "あした",
        "2026-02-29",
        "2026-13-01",
        "26-4-13",
        "8.4.13",
        "2026-4/13",
        "20260413",
        "2026-04-13 10:00",
        "令和0年4月1日",
        "令和8年4月",
        "平成31年5月1日",
        "令和元年4月30日",
        "昭和64年1月8日",
        "X8.4.13",
        "元-4-13",
        "令和9999年1月1日",
        "0000-01-01",
    ],
)
def test_a_day_that_cannot_be_read_is_refused_in_japanese(text):
    with pytest.raises(ValueError, match=r"。$"):
        parse_date(text)


def test_a_leap_day_is_read():
    assert parse_date("令和10年2月29日") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("year", "era", "label"),
    [
        (2026, "R8", "令和8年度"),
        (2019, "R1", "令和元年度"),
        (2018, "H30", "平成30年度"),
        (1989, "H1", "平成元年度"),
        (1988, "S63", "昭和63年度"),
    ],
)
def test_a_fiscal_year_in_the_era_and_back(year, era, label):
    assert (calendar.era_year(year), calendar.fiscal_year_label(year)) == (era, label)
    assert (calendar.year_of_era(era), calendar.year_of_era(label)) == (year, year)


@pytest.mark.parametrize("text", ["", "8", "R", "R0", "2026", "X8", "R8-0001"])
def test_a_year_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="年度として読めません"):
        calendar.year_of_era(text)


def test_the_day_of_the_week():
    assert [calendar.weekday(date(2026, 6, n)) for n in (12, 13, 14)] == ["金", "土", "日"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), date(2026, 4, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_japan(moment, day):
    assert calendar.jst_date(moment) == day

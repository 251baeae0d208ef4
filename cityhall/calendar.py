"""The city's days: open days, fiscal years and era dates, as pure functions on dates.

開庁日 = no weekend, no national holiday, not 12/29–1/3, no city closure (`closed`, see `cityhall.closures`).
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST, LAST = date(1949, 1, 1), date(2099, 12, 31)  # the years whose national holidays are known
WEEKDAYS = "月火水木金土日"
ERAS = (  # newest first; Python's dates are Gregorian, so Meiji begins on that calendar
    ("R", "令和", date(2019, 5, 1)),
    ("H", "平成", date(1989, 1, 8)),
    ("S", "昭和", date(1926, 12, 25)),
    ("T", "大正", date(1912, 7, 30)),
    ("M", "明治", date(1868, 1, 25)),
)
_ERA_START = {name: start for letter, kanji, start in ERAS for name in (letter, kanji)}
_DATE = re.compile(
    r"(?P<era>[MTSHR]|明治|大正|昭和|平成|令和)?(?P<year>元|\d{1,4})"
    r"(?:年(?P<month>\d{1,2})月(?P<day>\d{1,2})日|(?P<mark>[-/.])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2}))"
)


# --- 開庁日 ---------------------------------------------------------------


@lru_cache(maxsize=8)
def ordinals(closed: frozenset[date] = frozenset()) -> dict[date, int]:
    """Each day's running number of open days, for loops: the difference of two is `count_open_days`."""
    numbers, number = {}, 0
    for day in _days(FIRST, LAST):
        number += _is_open(day, closed)
        numbers[day] = number
    return numbers


@lru_cache(maxsize=8)
def open_days(closed: frozenset[date] = frozenset()) -> list[date]:
    """Every open day, in order."""
    return [day for day in _days(FIRST, LAST) if _is_open(day, closed)]


def is_open(day: date, closed: frozenset[date] = frozenset()) -> bool:
    """Whether the city hall is open on the day."""
    return _is_open(_known(day), closed)


def count_open_days(first: date, last: date, closed: frozenset[date] = frozenset()) -> int:
    """開庁日(first, last): the open days d with first < d ≤ last; negative when last lies before first."""
    numbers = ordinals(closed)
    try:
        return numbers[last] - numbers[first]
    except KeyError:
        _known(first), _known(last)
        raise


def add_open_days(day: date, n: int, closed: frozenset[date] = frozenset()) -> date:
    """The n-th open day after the day (n = 0: the day itself); refuses a negative n."""
    if n < 0:
        raise ValueError("開庁日の数は0以上にしてください。")
    if n == 0:
        return _known(day)
    days = open_days(closed)
    place = bisect_left(days, _known(day) + timedelta(1)) + n - 1
    if place >= len(days):
        raise ValueError(f"{LAST.year}年より後の開庁日は数えられません。")
    return days[place]


def next_open_day(day: date, closed: frozenset[date] = frozenset()) -> date:
    """The day itself when open, else the first open day after it, where a deadline moves to."""
    return day if is_open(day, closed) else add_open_days(day, 1, closed)


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _is_open(day: date, closed: frozenset[date]) -> bool:
    year_end = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)
    return day.weekday() < 5 and not year_end and day not in _national_holidays() and day not in closed


@lru_cache(maxsize=1)
def _national_holidays() -> frozenset[date]:
    return frozenset(holidays.country_holidays("JP", language="ja", years=range(FIRST.year, LAST.year + 1)))


def _known(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise ValueError(f"開庁日は{FIRST.year}年から{LAST.year}年までの日だけ数えられます。")
    return day


# --- 年度 -----------------------------------------------------------------


def fiscal_year(day: date) -> int:
    """年度 of the day: the year in which its April lies."""
    return day.year - (day.month < 4)


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """First and last day of the fiscal year."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def era_year(year: int) -> str:
    """R8 for the fiscal year 2026; the era is the one of that December, so 2019 is R1."""
    letter, _, number = _era(date(year, 12, 31))
    return f"{letter}{number}"


def year_of_era(text: str) -> int:
    """2026 for R8 or 令和8 (年度 may follow); refuses what is no era year."""
    found = re.fullmatch(r"([MTSHR]|明治|大正|昭和|平成|令和)(元|\d{1,2})(?:年度?)?", _narrow(text))
    if not found or found[2] == "0":
        raise ValueError(f"「{text}」は年度として読めません。R8、令和8年度のように書いてください。")
    return _ERA_START[found[1]].year + _number(found[2]) - 1


def fiscal_year_label(year: int) -> str:
    """令和8年度 for 2026."""
    _, kanji, number = _era(date(year, 12, 31))
    return f"{kanji}{_gan(number)}年度"


# --- 和暦 -----------------------------------------------------------------


def wareki(day: date) -> str:
    """令和8年4月1日."""
    _, kanji, number = _era(day)
    return f"{kanji}{_gan(number)}年{day.month}月{day.day}日"


def wareki_short(day: date) -> str:
    """R8.4.1."""
    letter, _, number = _era(day)
    return f"{letter}{number}.{day.month}.{day.day}"


def weekday(day: date) -> str:
    """月, 火, … 日."""
    return WEEKDAYS[day.weekday()]


def parse_date(text: str) -> date:
    """The day written as 2026-04-13, 2026/4/13, R8.4.13 or 令和8年4月13日; refuses all else."""
    found = _DATE.fullmatch(_narrow(text))
    if not found or (found["era"] is None and not re.fullmatch(r"\d{4}", found["year"])):
        raise ValueError(
            f"「{text}」は日付として読めません。2026-04-13、令和8年4月13日のように書いてください。"
        )
    year = _number(found["year"]) + (_ERA_START[found["era"]].year - 1 if found["era"] else 0)
    try:
        day = date(year, int(found["month"] or found["month2"]), int(found["day"] or found["day2"]))
    except ValueError:
        raise ValueError(f"「{text}」は暦にない日です。") from None
    if found["era"] and not _is_of_era(day, found["era"]):
        raise ValueError(f"「{text}」は、その元号の日ではありません。西暦では{day.isoformat()}です。")
    return day


def parse_day(text: str) -> date:
    """The day as `parse_date` reads it; refuses one outside the years whose open days are known."""
    return _known(parse_date(text))


def jst_date(moment: datetime) -> date:
    """The day in Japan at an aware moment; refuses a naive one."""
    if moment.tzinfo is None:
        raise ValueError("時差のわからない時刻は、日付にできません。")
    return moment.astimezone(TOKYO).date()


def _era(day: date) -> tuple[str, str, int]:
    for letter, kanji, start in ERAS:
        if day >= start:
            return letter, kanji, day.year - start.year + 1
    raise ValueError(f"{day.isoformat()}は、和暦で書けません（明治より前の日です）。")


def _is_of_era(day: date, era: str) -> bool:
    return day >= ERAS[-1][2] and era in _era(day)[:2]


def _gan(number: int) -> str:
    return "元" if number == 1 else str(number)


def _number(text: str) -> int:
    return 1 if text == "元" else int(text)


def _narrow(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()

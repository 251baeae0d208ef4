"""A made town of many journeys, for the map: every name is fictional, the same town each time."""

import random
from datetime import date, timedelta
from itertools import pairwise

from tests import make
from trips.models import Event, EventLink, Link, Result, Trip
from trips.workflow import Phase

NAMES = [
    "見守り便",
    "宿題の場所",
    "校庭の運動",
    "坂の団地の買い物",
    "空き店舗の工房",
    "農園の朝市",
    "防災の夜",
]
NAMES += [
    "ひとり親の昼食",
    "駅前の音楽",
    "水辺の清掃",
    "子の送り迎え",
    "食材便",
    "退院後の住まい",
    "学用品のゆずり合い",
]
WORDS = [
    "はじめての打合せ",
    "試しに1回",
    "月2回の便が定着",
    "2つの課が集まる",
    "次の種に気づく",
    "運び手が増える",
]
FIRST = date(2018, 4, 1)


def journeys(count: int = 52, things: int = 5) -> list[Trip]:
    """So many TRIPs of the last eight years, each but the first led to by an earlier one."""
    dice, section = random.Random(8), make.department("架空の所管課")
    days = sorted(FIRST + timedelta(dice.randrange(2600)) for _ in range(count))
    made = Trip.objects.bulk_create(_trip(n, day, section) for n, day in enumerate(days))
    for n, trip in enumerate(made):
        _things(trip, dice, things)
        if n:
            parent = made[dice.randrange(max(0, n - 9), n)]
            Link.objects.create(parent=parent, child=trip, reason="架空のつながり", linked_on=trip.opened_on)
    return made


def _trip(n: int, day: date, section) -> Trip:
    return Trip(
        number=f"TRIP-R{day.year - 2018}-{n:02}",
        title=f"架空の{NAMES[n % len(NAMES)]}",
        step=Phase.TRIAL,
        step_entered_on=day,
        opened_on=day,
        started_on=day,
        department=section,
        is_fictional=True,
    )


def _things(trip: Trip, dice: random.Random, count: int) -> None:
    days = sorted(trip.opened_on + timedelta(dice.randrange(1, 700)) for _ in range(count))
    kinds = dice.choices(["event", *Result.Kind.values], k=count)
    told = [{"trip": trip, "text": dice.choice(WORDS), "on": day} for day in days]
    shown = list(zip(kinds, told, strict=True))
    events = [Event(**one, phase=Phase.TRIAL, source="会議録") for kind, one in shown if kind == "event"]
    results = [
        Result(**one, kind=kind, evidence="受取簿", said_by="架空の団体")
        for kind, one in shown
        if kind != "event"
    ]
    Event.objects.bulk_create(events)
    Result.objects.bulk_create(results)
    for earlier, later in pairwise(events):
        EventLink.objects.create(source=earlier, target=later, evidence="会議録")

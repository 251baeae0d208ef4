"""Loads the demo city, part by part; what is there already stays as it is."""

from datetime import date

from django.utils import timezone

from cityhall import post
from cityhall.calendar import fiscal_year
from cityhall.models import OutgoingMail
from proposals.models import Proposal, Track
from trips.models import Trip
from zamagate.demo_city import (
    care,
    departments,
    endings,
    hints,
    introductions,
    meeting,
    people,
    resources,
    supports,
    themes,
    trip00,
)
from zamagate.demo_city.city import City
from zamagate.demo_city.deciding import weigh
from zamagate.demo_city.walks import Tale, Walk, cases, live

DESK_ANSWER = "窓口資料（令和8年度）の図をそのまま写したものです。指標は、試行しながら決めます。"
DEMO_CODE = "ZAMAD-EMAC3-DE234-56789-ABCDE-FGHJK"  # of the newest case, so that its page can be tried
DEMO_CODES = {  # by the case's short name
    "phone": DEMO_CODE,
    "science": "ZAMAD-EMAC3-DE234-56789-ABCDE-FGHJM",
    "homework": "ZAMAD-EMAC3-DE234-56789-ABCDE-FGHJN",
}

KODOMO, CHIIKI, TOSHI = "こども家庭課", "地域福祉課", "都市整備課"
# fmt: off
WALKS = (  # in the order of arrival; days: arrived, sorted, asked, answered, lead chosen, referred to ⑥
    Walk("food",      (KODOMO,),        (145, 144, 143, 137, 128, 112), endings.food),
    Walk("yard",      (KODOMO,),        (138, 137, 136, 130, 122, 110), endings.yard),
    Walk("garden",    (TOSHI,),         (110, 109, 107, 101, 93, 80),   endings.garden, is_of_second=True),
    Walk("compost",   (TOSHI,),         (100, 99, 98, 92, 84, 40),      endings.compost),
    Walk("billboard", (TOSHI,),         (95, 94, 93, 87, 79, 66),       endings.billboard),
    Walk("watch",     (CHIIKI,),        (90, 89, 88, 83, 75, 42),       endings.watch, is_of_second=True),
    Walk("lunch",     (CHIIKI,),        (84, 83, 82, 76, 70, 35),       endings.lunch, is_of_second=True),
    Walk("tablet",    (KODOMO,),        (80, 79, 78),                   endings.tablet),
    Walk("vacant",    (TOSHI, CHIIKI),  (75, 74, 72, 66, 58, 12),       weigh, by_form=True, joint=(CHIIKI,)),
    Walk("homework",  (KODOMO, CHIIKI), (68, 67, 66, 60, 55, 45),       endings.homework, by_form=True),
    Walk("campus",    (CHIIKI, TOSHI),  (60, 59, 57, 50, 9),            by_form=True, is_of_second=True),
    Walk("copier",    (),               (50, 49),                       endings.copier),
    Walk("road",      (),               (34,),                          endings.road, by_form=True),
    Walk("depot",     (TOSHI, CHIIKI),  (11, 10, 9),                    endings.depot, by_form=True),
    Walk("science",   (KODOMO,),        (8, 7, 3),                      endings.science, by_form=True),
    Walk("sunflower", (),               (2, 1),                         by_form=True, is_of_second=True),
    Walk("furniture", (),               (1,),                           track=Track.CONSULTATION),
    Walk("phone",     (),               (0,),                           by_form=True),
)
# fmt: on


def load() -> City:
    """Everything the demo city has; a second time changes nothing."""
    today = timezone.localdate()
    sections = departments.load()
    city = City(today, sections, people.load(sections, since=date(fiscal_year(today) - 1, 4, 1)))
    themes.load(city)
    trip00.load(city.desk)
    trip00.fixed_model("logic_model_desk.json", by=city.desk, answer=DESK_ANSWER)
    _load_cases(city)
    supports.load(city)
    resources.load(city)
    introductions.load(city)
    care.load(city)
    hints.load(city)
    meeting.load(city)
    journeys = Trip.objects.filter(is_fictional=True).values_list("number", flat=True)
    ours = [*_fictional("number"), *journeys]
    post.count_as_sent(OutgoingMail.objects.filter(about__in=ours, created_at__date__lt=today))
    return city


def _load_cases(city: City) -> None:
    told = cases()
    known = set(_fictional("title"))
    for walk in WALKS:
        if told[walk.slug]["title"] not in known:
            live(Tale(city, walk, told[walk.slug], code=DEMO_CODES.get(walk.slug, "")))


def _fictional(column: str):
    return Proposal.objects.filter(is_fictional=True).values_list(column, flat=True)

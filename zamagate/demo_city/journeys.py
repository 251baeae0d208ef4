"""What the journeys of the demo city had planned, and how it went: milestones, reports, promises."""

from datetime import timedelta

from trips import services
from trips.models import Trip
from zamagate.demo_city.walks import Tale

DONE = "月2回の食材便を予定どおり出しました。こども食堂Yで、{}世帯に届きました。"
COMING = "自治会Zと、受け取る人手の当番を決めます。"


def plan_food(tale: Tale, trip: Trip) -> None:
    """Three milestones and five monthly reports, on the day after the start."""
    city, writer = tale.city, tale.city.member(tale.lead)
    with city.ago(92):
        for title, on in (
            ("自治会Zとの打合せ", city.day(60)),
            ("中間のふり返り", city.day(36)),
            ("試行の終わりと、続け方の合意", city.today + timedelta(30)),
        ):
            services.plan_milestone(trip, by=writer, title=title, on=on)
        services.plan_reports(trip, by=writer, first_on=city.day(70), every=1, times=5)
    for ago, title in ((60, "自治会Zとの打合せ"), (32, "中間のふり返り")):
        with city.ago(ago):
            services.finish_milestone(trip.milestones.get(title=title), by=writer, on=city.day(ago))


def report_food(tale: Tale, trip: Trip) -> None:
    """Three reports taken, the third after a rewriting; the fourth lies with the desk."""
    for number, ago, homes in ((1, 71, "18"), (2, 51, "31"), (3, 30, "多くの")):
        _hand_in(tale, trip, number, ago, DONE.format(homes))
        with tale.city.ago(ago - 1):
            if number == 3:
                _check(services.return_report, tale, trip, number, why="世帯の数を書いてください。")
                _hand_in(tale, trip, number, ago - 1, DONE.format("44"))
            _check(services.accept_report, tale, trip, number)
    _hand_in(tale, trip, 4, 9, DONE.format("47"))


def plan_homework(tale: Tale, trip: Trip) -> None:
    """One milestone late, one to come; the first report near its day; a duty nobody has yet."""
    city, writer = tale.city, tale.city.member(tale.lead)
    with city.ago(24):
        services.plan_milestone(trip, by=writer, title="見守る人の集まり", on=city.day(3))
        services.plan_milestone(
            trip, by=writer, title="学期の終わりのふり返り", on=city.today + timedelta(40)
        )
        services.plan_reports(trip, by=writer, first_on=city.today + timedelta(5), every=1, times=3)
        services.add_duty(trip, by=writer, text="借りた机と本の返却")


def _hand_in(tale: Tale, trip: Trip, number: int, ago: int, done: str) -> None:
    report = trip.reports.get(number=number)
    with tale.city.ago(ago):
        writer = tale.city.member(tale.lead)
        services.hand_in(report, by=writer, done=done, coming=COMING, version=report.version)


def _check(deed, tale: Tale, trip: Trip, number: int, **told) -> None:
    report = trip.reports.get(number=number)
    deed(report, by=tale.city.desk, version=report.version, **told)

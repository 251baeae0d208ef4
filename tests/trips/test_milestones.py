"""節目: planned, done, late, given up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.views.section.days import Today
from tests import make, make_trips
from trips.services import advance, drop_milestone, finish_milestone, plan_milestone
from trips.views.planned import milestone_line

pytestmark = pytest.mark.django_db


def words(milestone):
    return milestone_line(make_trips.reload(milestone), milestone.trip, Today())["words"]


def test_a_milestone_to_come_says_how_far_it_is():
    milestone = make_trips.milestone(days=1)

    assert words(milestone).startswith("これから（")


def test_a_milestone_past_its_day_is_late(time_machine):
    milestone = make_trips.milestone(days=1)
    time_machine.move_to(timezone.now() + timedelta(30))

    line = milestone_line(milestone, milestone.trip, Today())

    assert line["is_late"]
    assert "遅れています" in line["words"]


@pytest.mark.parametrize(("days", "said"), [(0, "予定どおり"), (-30, "開庁日遅れ）")])
def test_a_milestone_done_says_whether_it_was_late(days, said, time_machine):
    time_machine.move_to(timezone.now() - timedelta(60))
    trip = make_trips.started()
    time_machine.move_to(timezone.now() + timedelta(60))
    on = timezone.localdate()
    milestone = plan_milestone(trip, by=make.desk(), title="架空の節目", on=on + timedelta(days))

    finish_milestone(milestone, by=make.desk(), on=on)

    assert said in words(milestone)


def test_a_milestone_given_up_keeps_its_reason():
    milestone = make_trips.milestone()

    drop_milestone(milestone, by=make.member(milestone.trip.department), reason="雨で中止")

    assert make_trips.reload(milestone).note == "雨で中止"
    assert words(milestone) == "取りやめ"


def test_a_milestone_ends_once():
    milestone = make_trips.milestone()
    finish_milestone(milestone, by=make.desk(), on=timezone.localdate())

    with pytest.raises(NotAllowed, match="もう終えているか"):
        drop_milestone(milestone, by=make.desk(), reason="やめる")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_milestone_is_not_done_before_the_opening_or_in_the_future(days):
    milestone = make_trips.milestone()
    on = milestone.trip.opened_on + timedelta(days)

    with pytest.raises(NotAllowed, match="開いた日から今日まで"):
        finish_milestone(milestone, by=make.desk(), on=on)


def test_a_milestone_is_refused_to_strangers_without_a_name_twice_and_before_the_opening():
    trip = make_trips.started()
    stranger = make.member(make.department("架空のほかの課"))
    told = {"title": "中間のふり返り", "on": timezone.localdate()}
    plan_milestone(trip, by=make.desk(), **told)

    for who, change, said in (
        (stranger, {}, "主に担当する課と窓口だけ"),
        (make.desk(), {"title": "　"}, "名前を書いて"),
        (make.desk(), {}, "もうあります"),
        (make.desk(), {"on": trip.opened_on - timedelta(1)}, "開いた日より前"),
    ):
        with pytest.raises(NotAllowed, match=said):
            plan_milestone(trip, by=who, **{**told, **change})


def test_the_section_is_asked_for_a_milestone_whose_day_is_near_and_not_for_a_far_one(as_):
    trip = make_trips.milestone(days=20, title="遠い節目").trip
    client = as_(make.member(trip.department))
    assert "は、終わりましたか。" not in client.get(trip.get_absolute_url()).text
    make_trips.milestone(trip, days=2, title="近い節目")

    page = client.get(trip.get_absolute_url()).text

    assert "節目「近い節目」は、終わりましたか。" in page


def test_a_trip_that_is_over_takes_no_plans():
    trip = make_trips.ready_to_close()
    advance(trip, "end", by=make.head(trip.department), note="役目を終えた")

    with pytest.raises(NotAllowed, match="終わった共創プロジェクト"):
        plan_milestone(trip, by=make.desk(), title="続き", on=timezone.localdate())

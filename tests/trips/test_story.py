"""What happens on the way, and what comes of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.models import Organization
from tests import make, make_trips
from trips.models import Event, Precision
from trips.services import add_event, add_partner, add_result, plan_review
from trips.workflow import Kind, Phase

pytestmark = pytest.mark.django_db
RESULT = {"kind": "latent", "text": "運転手の気づき", "evidence": "発言", "said_by": "架空の団体"}


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        (Precision.DAY, "平成31年1月16日（2019年）"),
        (Precision.MONTH, "平成31年1月（2019年）"),
        (Precision.FISCAL, "平成30年度（2018年度）"),
        (Precision.YEAR, "平成31年（2019年）"),
        (Precision.UNKNOWN, "時期の記録なし"),
    ],
)
def test_a_day_is_told_no_more_exactly_than_it_is_known(precision, said):
    assert Event(on=date(2019, 1, 16), precision=precision).said_on == said


def test_the_section_writes_down_a_result():
    trip = make_trips.started()

    result = add_result(trip, by=make.member(trip.department), on=timezone.localdate(), **RESULT)

    assert (result.trip, result.kind) == (trip, "latent")
    assert make_trips.reload(trip).records.last().kind == Kind.RESULT


def test_a_result_before_the_trip_has_started_is_refused():
    with pytest.raises(NotAllowed, match="②TRIP 1に入ってから"):
        add_result(make_trips.trip(), by=make.desk(), on=timezone.localdate(), **RESULT)


def test_a_result_dated_before_the_start_is_refused():
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="始まった日より前"):
        add_result(trip, by=make.desk(), on=trip.started_on - timedelta(1), **RESULT)


def test_a_result_to_come_is_refused():
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="これから先の日"):
        add_result(trip, by=make.desk(), on=timezone.localdate() + timedelta(1), **RESULT)


@pytest.mark.parametrize("column", ["evidence", "said_by", "text"])
def test_a_result_without_its_evidence_is_refused(column):
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="何で分かるかと"):
        add_result(trip, by=make.desk(), on=timezone.localdate(), **{**RESULT, column: "　"})


def test_strangers_write_nothing():
    trip = make_trips.started()
    stranger = make.member(make.department("架空のほかの課"))

    with pytest.raises(NotAllowed, match="主に担当する課と窓口だけ"):
        add_event(trip, by=stranger, text="打合せ", on=timezone.localdate())


def test_an_event_lies_in_the_phase_of_its_day():
    trip = make_trips.started()
    desk = make.desk()

    before = add_event(trip, by=desk, text="はじめての訪問", on=trip.started_on - timedelta(3))
    after = add_event(trip, by=desk, text="打合せ", on=trip.started_on)

    assert (before.phase, after.phase) == (Phase.GATE, Phase.TRIAL)


def test_a_review_is_written_only_while_under_way():
    with pytest.raises(NotAllowed, match="ふり返りは"):
        make_trips.review(make_trips.trip())


def test_a_review_settles_the_planned_day():
    trip = make_trips.started()
    plan_review(trip, by=make.desk(), on=timezone.localdate() + timedelta(10))
    assert make_trips.reload(trip).review_on == timezone.localdate() + timedelta(10)

    make_trips.review(trip)

    assert make_trips.reload(trip).review_on is None


def test_a_review_day_gone_by_is_refused():
    with pytest.raises(NotAllowed, match="今日より後"):
        plan_review(make_trips.started(), by=make.desk(), on=timezone.localdate() - timedelta(1))


def test_a_partner_travels_once():
    trip = make_trips.trip()
    known = Organization.objects.get(pk=trip.partners.get().organization_id)

    with pytest.raises(NotAllowed, match="もう一緒に旅をしています"):
        add_partner(trip, by=make.desk(), organization=known)


def test_a_partner_needs_a_name():
    with pytest.raises(NotAllowed, match="名前を書いて"):
        add_partner(make_trips.trip(), by=make.desk(), name="　")


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda trip, **same: add_event(trip, text="架空の出来事", **same), "もう書かれています"),
        (lambda trip, **same: add_result(trip, **RESULT, **same), "もう書かれています"),
        (plan_review, "もうその日に決まっています"),
    ],
    ids=["event", "result", "review day"],
)
def test_a_second_press_of_the_same_button_writes_nothing(write, said):
    trip = make_trips.started()
    same = {"by": make.desk(), "on": timezone.localdate()}
    write(trip, **same)

    with pytest.raises(NotAllowed, match=said):
        write(trip, **same)

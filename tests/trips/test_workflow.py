"""The four phases as a table, and the door they move through."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import ActedAs, Role
from cityhall.refusal import NotAllowed, Stale
from proposals.workflow import Kind as CaseKind
from tests import make, make_trips
from trips.services import add_partner, advance, cancel_before_start, choose_lead, link
from trips.workflow import FOUR_PHASES, WORKFLOW, Phase

pytestmark = pytest.mark.django_db


def test_every_phase_can_be_reached_from_the_gate():
    reached = {Phase.GATE}
    for _ in Phase:
        reached |= {row.target for row in WORKFLOW if row.source in reached}

    assert reached == set(Phase)


def test_only_the_head_of_the_leading_section_moves_a_trip():
    assert {row.role for row in WORKFLOW} == {Role.HEAD}


def test_no_move_stands_twice_on_the_table():
    keys = [(row.name, row.source) for row in WORKFLOW]

    assert len(keys) == len(set(keys))


@pytest.mark.both
def test_a_trip_starts_the_day_it_enters_phase_two():
    trip = make_trips.trip()
    head = make.head(trip.department)

    record = advance(trip, "start", by=head)

    trip = make_trips.reload(trip)
    assert (trip.step, trip.started_on) == (Phase.TRIAL, timezone.localdate())
    assert (record.source, record.target, record.acted_as) == (Phase.GATE, Phase.TRIAL, ActedAs.HEAD)


@pytest.mark.parametrize("maker", ["desk", "manager", "admin"])
def test_nobody_without_the_head_posting_moves_a_trip(maker):
    trip = make_trips.trip()

    with pytest.raises(NotAllowed, match="所属長だけ"):
        advance(trip, "start", by=getattr(make, maker)())


def test_a_head_of_another_section_is_refused():
    trip = make_trips.trip()

    with pytest.raises(NotAllowed, match="所属長だけ"):
        advance(trip, "start", by=make.head(make.department("架空のほかの課")))


def test_history_moves_no_more():
    trip = make_trips.history()

    with pytest.raises(NotAllowed):
        advance(trip, "end", by=make.desk(), note="終わり")


def test_a_page_opened_before_a_colleagues_change_is_refused():
    trip = make_trips.trip()
    seen = make_trips.reload(trip).version
    add_partner(trip, by=make.desk(), name="架空の自治会")

    with pytest.raises(Stale, match="先に保存"):
        advance(trip, "start", by=make.head(trip.department), version=seen)


def test_moving_on_to_results_names_the_review_and_the_result():
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="ふり返りの記録を書く／生まれたものを1つ以上書く"):
        advance(trip, "bear", by=make.head(trip.department))


def test_moving_on_to_a_new_trip_needs_a_child():
    trip = make_trips.started()
    head = make.head(trip.department)
    make_trips.review(trip)
    make_trips.result(trip)
    advance(trip, "bear", by=head)

    with pytest.raises(NotAllowed, match="次の旅"):
        advance(trip, "go_on", by=head)


def test_a_trip_walks_all_four_phases():
    trip = make_trips.started()
    head = make.head(trip.department)
    make_trips.review(trip)
    make_trips.result(trip)
    advance(trip, "bear", by=head)
    link(trip, make_trips.trip(), reason="運転手の気づきから", by=make.desk())

    advance(trip, "go_on", by=head)

    assert make_trips.reload(trip).step == FOUR_PHASES[-1]


def test_going_back_and_ending_need_a_reason():
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="理由が必要"):
        advance(trip, "end", by=make.head(trip.department))


@pytest.mark.parametrize("days", [-1, 1])
def test_a_move_before_the_last_one_or_to_come_is_refused(days):
    trip = make_trips.trip()
    day = timezone.localdate() + timedelta(days)

    with pytest.raises(NotAllowed, match="入った日から今日まで"):
        advance(trip, "start", by=make.head(trip.department), on=day)


def test_a_cancellation_before_the_start_holds_for_all_its_cases():
    cases = [make_trips.adopted(), make_trips.adopted()]
    trip = make_trips.trip(*cases)

    cancel_before_start(trip, by=make.head(trip.department), reason="協力先の都合")

    cases = [make.reload(case) for case in cases]
    assert [case.adopted_on for case in cases] == [None, None]
    assert [case.cancelled_on for case in cases] == [timezone.localdate()] * 2
    assert make_trips.reload(trip).cancelled_on == timezone.localdate()


def test_the_plain_move_cancels_the_cases_too():
    case = make_trips.adopted()
    trip = make_trips.trip(case)

    advance(trip, "cancel", by=make.head(trip.department), note="協力先の都合")

    assert make.reload(case).records.filter(kind=CaseKind.CANCELLED).count() == 1


def test_a_case_that_travels_elsewhere_as_well_stays_adopted():
    case = make_trips.adopted()
    trip = make_trips.trip(case)
    make_trips.trip(case, again=True)

    cancel_before_start(trip, by=make.head(trip.department), reason="片方だけ")

    assert make.reload(case).adopted_on == timezone.localdate()


def test_a_started_trip_cannot_be_cancelled_before_its_start():
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="いまの段階では"):
        cancel_before_start(trip, by=make.head(trip.department), reason="理由")


def test_a_trip_stopped_after_its_start_leaves_its_cases_adopted():
    case = make_trips.adopted()
    trip = make_trips.ready_to_close(make_trips.started(case))

    advance(trip, "stop", by=make.head(trip.department), note="担い手がいなくなった")

    trip = make_trips.reload(trip)
    assert (trip.step, trip.cancelled_on, trip.ended_on) == (Phase.CANCELLED, None, timezone.localdate())
    assert make.reload(case).adopted_on is not None


def test_the_desk_names_another_leading_section():
    trip, section = make_trips.trip(), make.department("架空の新しい課")

    choose_lead(trip, department=section, by=make.desk())

    assert make_trips.reload(trip).department == section


def test_a_section_that_is_no_more_cannot_lead():
    gone = make.department("架空のなくなった課", valid_to=make.LONG_AGO)

    with pytest.raises(NotAllowed, match="いまはない課"):
        choose_lead(make_trips.trip(), department=gone, by=make.desk())

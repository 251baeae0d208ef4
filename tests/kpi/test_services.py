"""Stays follow the trail: in steps, at night, twice, late; always the same."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import ActedAs
from kpi import services, tasks
from kpi.models import Bookmark, Stay
from proposals.models import Proposal, ProposalRecord
from proposals.services import advance, hearings, matching, triage
from proposals.services.recording import correct
from proposals.workflow import Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MONDAY = "2026-06-01T09:00:00+09:00"


def stays(case):
    found = Stay.objects.filter(proposal=case)
    return [(s.step, s.holder, s.entered_on.isoformat(), s.open_days) for s in found]


def everything():
    return list(
        Stay.objects.order_by("proposal", "place").values_list(
            "proposal", "place", "step", "holder", "entered_on", "left_on", "open_days"
        )
    )


def recomputed(today):
    fresh = services.stays_from_records(Proposal.objects.values_list("pk", flat=True), today=today)
    return sorted(
        (s.proposal_id, s.place, s.step, s.holder, s.entered_on, s.left_on, s.open_days) for s in fresh
    )


def travel(days=1):
    return time_machine.travel(timezone.now() + timedelta(days), tick=False)


@pytest.fixture
def journey():
    """A case that went ①②③ with a section's answer in between, a day or two each."""
    desk, section = make.desk(), make.department("架空の課")
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = make.submission()
        clock.shift(timedelta(1))
        advance(case, "accept", by=desk)
        triage.pass_gate(case, by=desk, note="確かめました。")
        clock.shift(timedelta(2))
        sheet = hearings.ask(case, section, by=desk, reason="同じ分野のため")
        advance(case, "start_hearing", by=desk)
        clock.shift(timedelta(6))
        hearings.answer(sheet, by=make.head(section), answer="yes", text="一緒に考えます。")
        clock.shift(timedelta(1))
        yield case


def test_stays_tell_step_holder_and_open_days(journey):
    services.rebuild_stays(today=timezone.localdate())

    assert stays(journey) == [
        ("intake", "desk", "2026-06-01", 1),
        ("sorting", "desk", "2026-06-02", 2),
        ("hearing", "section", "2026-06-04", 4),
        ("hearing", "desk", "2026-06-10", 1),
    ]


def test_the_last_stay_is_where_the_case_stands(journey):
    services.rebuild_stays(today=timezone.localdate())

    journey.refresh_from_db()
    last = Stay.objects.filter(proposal=journey).last()
    assert (last.step, last.holder, last.left_on) == (journey.step, journey.holder, None)


def test_a_closed_case_stays_nowhere(journey):
    advance(journey, "withdraw", by=make.desk(), note="提案者の申し出")

    services.rebuild_stays(today=timezone.localdate())

    assert not Stay.objects.filter(proposal=journey, left_on=None).exists()


def test_taking_in_new_records_equals_rebuilding_all(journey):
    services.take_in_records(today=timezone.localdate())
    make.submission()
    matching.choose_lead(journey, make.department("架空の課"), by=make.desk())
    services.take_in_records(today=timezone.localdate())

    taken_in = everything()
    services.rebuild_stays(today=timezone.localdate())

    assert taken_in == everything() == recomputed(timezone.localdate())


def test_running_twice_changes_nothing(journey):
    services.take_in_records(today=timezone.localdate())
    once = everything()

    services.take_in_records(today=timezone.localdate())
    services.rebuild_stays(today=timezone.localdate())

    assert everything() == once


def test_the_bookmark_stands_at_the_last_record_and_old_cases_are_not_read_again(journey):
    services.take_in_records(today=timezone.localdate())

    with travel(1):
        make.submission()
        taken = services.take_in_records(today=timezone.localdate())

    assert taken == 1
    assert Bookmark.objects.get().last_record == ProposalRecord.objects.order_by("pk").last().pk


def test_a_night_later_an_open_stay_is_a_day_longer(journey):
    services.rebuild_stays(today=timezone.localdate())

    with travel(1):
        tasks.rebuild_stays()

    assert stays(journey)[-1] == ("hearing", "desk", "2026-06-10", 2)


def test_a_correction_of_a_day_moves_the_stay(journey):
    move = journey.records.get(data__move="accept")
    correct(move, actor=ActedAs.SYSTEM, on=date(2026, 6, 3), reason="日の誤り")

    services.rebuild_stays(today=timezone.localdate())

    assert stays(journey)[:2] == [("intake", "desk", "2026-06-01", 2), ("sorting", "desk", "2026-06-03", 1)]


def test_what_the_old_ledger_does_not_hold_is_no_stay(golden):
    services.rebuild_stays(today=date(2027, 4, 30))

    assert sorted(Stay.objects.values_list("proposal__ledger_row__key", "step", "entered_on", "left_on")) == [
        ("P06", "matching", date(2027, 3, 1), None),
        ("P07", "hearing", date(2027, 4, 2), None),
        ("P10", "intake", date(2026, 8, 3), None),
    ]


def test_days_yet_to_come_are_not_stayed_in(golden):
    services.rebuild_stays(today=date(2026, 4, 20))

    assert sorted(Stay.objects.values_list("proposal__ledger_row__key", "step")) == [
        ("P01", "sorting"),
        ("P04", "intake"),
        ("P12", "intake"),
    ]


def test_tasks_do_what_the_services_do(journey):
    assert tasks.take_in_records() == 1
    assert tasks.rebuild_stays() == 1
    assert Stay.objects.filter(step=Step.HEARING).count() == 2

"""The days of a case, its six steps, and what two people changed in one text."""

import pytest
import time_machine
from django.utils import timezone

from proposals.desk.case import stages
from proposals.differences import marked
from proposals.queries import StepDays, days_by_step
from proposals.services import advance, hearings, triage
from proposals.workflow import Holder, Step
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.desk()


def test_days_by_step_are_open_days_split_by_who_had_the_case(desk):
    section = make.department("架空課")
    with time_machine.travel("2026-11-02T10:00:00+09:00"):  # Monday
        case = make.submission()
    with time_machine.travel("2026-11-05T10:00:00+09:00"):  # 11/3 is a holiday
        advance(case, "accept", by=desk)
        triage.pass_gate(case, by=desk, note="確かめました。")
        hearings.ask(case, section, by=desk, reason="近いため")
        advance(case, "start_hearing", by=desk)
    with time_machine.travel("2026-11-12T10:00:00+09:00"):
        hearings.answer(case.hearings.get(), by=make.head(section), answer="yes")
    with time_machine.travel("2026-11-16T10:00:00+09:00"):
        days = days_by_step(case)

    assert days[Step.INTAKE].open_days == 2
    assert days[Step.SORTING].open_days == 0
    assert days[Step.HEARING].by_holder == {Holder.SECTION: 5, Holder.DESK: 2}


def test_the_stepper_marks_done_now_and_later(desk):
    case = make.proposal(Step.HEARING, by=desk)

    states = [stage["state"] for stage in stages(case, days_by_step(case))]

    assert states == ["done", "done", "now", "later", "later", "later"]


def test_a_case_that_left_early_ends_where_it_left(desk):
    case = make.proposal(Step.SORTING, by=desk)
    advance(case, "withdraw", by=desk, note="申し出があったため")
    case.refresh_from_db()
    days = {Step.INTAKE: StepDays(make.LONG_AGO), Step.SORTING: StepDays(timezone.localdate())}

    found = stages(case, days)

    assert [stage["state"] for stage in found[:3]] == ["done", "left", "later"]
    assert found[1]["note"] == "取下げ"


def test_differences_are_told_phrase_by_phrase():
    found = marked("費用は、求めていない。場所を借りる。", "費用は、団体が持つ。場所を借りる。")

    assert found == [
        ("same", "費用は、"),
        ("gone", "求めていない。"),
        ("added", "団体が持つ。"),
        ("same", "場所を借りる。"),
    ]

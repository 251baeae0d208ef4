"""How long a step usually lasts, as the proposer reads it: from our own records, once the city has agreed."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cityhall.panels import panels_for
from kpi.models import Stay
from kpi.services import rebuild_stays
from kpi.usual import UsualTime, usual_time
from proposals.services import decisions
from proposals.workflow import Holder, Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

MONDAY = date(2026, 6, 1)
PLACE = "public.receipt.strip"


def stay(case, days, *, step=Step.HEARING, holder=Holder.SECTION, left=True):
    return Stay.objects.create(
        proposal=case,
        place=Stay.objects.filter(proposal=case).count() + 1,
        step=step,
        holder=holder,
        entered_on=MONDAY,
        left_on=MONDAY + timedelta(days=30) if left else None,
        open_days=days,
    )


def cases_that_stayed(*days):
    for number in days:
        stay(make.submission(), number)


def test_the_middle_eight_tenths_with_the_median_and_how_many():
    cases_that_stayed(1, 5, 6, 7, 8, 9, 10, 11, 12, 40)

    usual = usual_time(Step.HEARING)

    assert usual == UsualTime(cases=10, shortest=1, longest=12, median=Fraction(17, 2))


def test_the_words_of_the_page():
    assert str(UsualTime(18, 5, 12, Fraction(8))) == "この段階は、ふつう5〜12開庁日です（18件）。"
    assert str(UsualTime(5, 3, 3, Fraction(3))) == "この段階は、ふつう3開庁日です（5件）。"


@pytest.mark.parametrize(("cases", "speaks"), [(0, False), (4, False), (5, True)])
def test_of_fewer_than_five_nothing_is_said(cases, speaks):
    cases_that_stayed(*range(cases))

    assert bool(usual_time(Step.HEARING)) is speaks


def test_one_statement_is_enough(django_assert_num_queries):
    cases_that_stayed(1, 2, 3, 4, 5)

    with django_assert_num_queries(1):
        usual_time(Step.HEARING)


def test_all_days_in_the_step_count_whoever_had_the_case_and_however_often_it_came():
    for _ in range(5):
        case = make.submission()
        stay(case, 3)
        stay(case, 4, holder=Holder.PROPOSER)
        stay(case, 2, holder=Holder.DESK)
        stay(case, 50, step=Step.MATCHING)

    assert usual_time(Step.HEARING).median == 9


def test_a_case_still_in_the_step_is_left_out_whole():
    cases_that_stayed(1, 1, 1, 1, 1)
    case = make.submission()
    stay(case, 90)
    stay(case, 90, left=False)

    assert (usual_time(Step.HEARING).cases, usual_time(Step.HEARING).longest) == (5, 1)


def test_rows_of_the_old_ledger_know_no_steps_and_do_not_count(golden):
    rebuild_stays(today=date(2027, 3, 31))

    assert [usual_time(step) for step in Step] == [None] * len(Step)


def test_it_follows_from_what_really_happened(time_machine):
    section, desk = make.department("架空の所管課"), make.desk()
    for number in range(5):
        time_machine.move_to("2026-06-01T01:00:00Z", tick=False)
        case = make.proposal(Step.HEARING, by=desk, section=section)
        time_machine.move_to(f"2026-06-0{number + 2}T01:00:00Z", tick=False)
        make._start_matching(case, desk, section)
    rebuild_stays(today=date(2026, 6, 30))

    usual = usual_time(Step.HEARING)

    assert (usual.cases, usual.shortest, usual.longest, usual.median) == (
        5,
        1,
        4,
        3,
    )  # the last one left on a Saturday


# --- on the receipt page --------------------------------------------------


@pytest.fixture
def agreed(settings):
    settings.ZAMAGATE_SITE = settings.ZAMAGATE_SITE | {"shows_usual_time": True}


def words_for(case):
    return [str(panel.context["usual"]) for panel in panels_for(PLACE, case, None)]


def test_it_is_switched_off_until_the_city_agrees():
    case = make.proposal(Step.HEARING)
    cases_that_stayed(5, 5, 5, 5, 5)

    with CaptureQueriesContext(connection) as asked:
        assert words_for(case) == []

    assert len(asked) == 0


def test_once_agreed_it_is_said_of_the_step_the_proposer_sees(agreed):
    case = make.proposal(Step.HEARING)
    cases_that_stayed(5, 6, 7, 8, 12)

    assert words_for(case) == ["この段階は、ふつう5〜12開庁日です（5件）。"]


@pytest.mark.parametrize("verdict", ["no_go", "continue"])
def test_a_verdict_not_announced_does_not_show_by_it(agreed, verdict):
    section = make.department("架空の所管課")
    case = make.proposal(Step.DECISION, section=section)
    for _ in range(5):
        other = make.submission()
        stay(other, 20, step=Step.DECISION)
        stay(other, 7, step=Step.MATCHING)
    before = words_for(case)

    decisions.decide(case, verdict, by=make.head(section), decided_on=date.today(), reason="理由")

    assert words_for(make.reload(case)) == before == ["この段階は、ふつう20開庁日です（5件）。"]

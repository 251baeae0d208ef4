"""The public table of what became of the proposals: whom it counts, and that it never runs ahead."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cityhall.tables import read_table
from kpi import queries
from kpi.snapshot import Snapshot
from proposals.models import Proposal, Track
from proposals.services import advance, ledger
from proposals.status import OUTCOMES, status_table
from proposals.workflow import Step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LEDGER = Path(__file__).parent.parent / "golden/ledger.csv"
A_DAY = date(2026, 6, 1)
TODAY = date(2026, 9, 1)


def case(**columns):
    """A 提案 received on a day in June, with what its trail came to."""
    made = make.submission()
    columns = {"received_on": A_DAY, "first_contact_on": A_DAY} | columns
    if columns.get("verdict"):
        columns.setdefault("verdict_on", A_DAY)
    Proposal.objects.filter(pk=made.pk).update(**columns)
    return made


def counted(today=TODAY):
    """The one year there is: {"talking": 1}."""
    table = status_table(today)
    return table[0].counts if table else {}


# --- who is counted -------------------------------------------------------


def test_without_a_proposal_there_is_no_year():
    make.submission(track=Track.CONSULTATION)

    assert status_table(TODAY) == []


def test_each_fiscal_year_has_its_own_line_the_newest_first():
    case(received_on=date(2026, 3, 31), first_contact_on=date(2026, 3, 31))
    case(received_on=date(2026, 4, 1), first_contact_on=date(2026, 4, 1))
    case()

    assert [(year.year, year.received) for year in status_table(TODAY)] == [(2026, 2), (2025, 1)]


@pytest.mark.parametrize(
    "columns",
    [{"merged_on": A_DAY}, {"transferred_on": A_DAY}, {"received_on": TODAY + timedelta(1)}],
    ids=["a double", "sent to another window", "received later"],
)
def test_whom_the_figures_leave_out_is_not_counted(columns):
    other = make.submission(track=Track.CONSULTATION)
    case(**columns, **({"merged_into": other} if "merged_on" in columns else {}))

    assert status_table(TODAY) == []


# --- what became of them --------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "outcome"),
    [
        ({}, "talking"),
        ({"verdict": "continued"}, "talking"),
        ({"verdict": "adopted", "adopted_on": A_DAY}, "going"),
        ({"verdict": "conditional"}, "talking"),
        ({"verdict": "conditional", "conditions_met_on": A_DAY, "adopted_on": A_DAY}, "going"),
        ({"verdict": "in_principle"}, "taken_up"),
        ({"verdict": "declined"}, "ended"),
        ({"verdict": "adopted", "cancelled_on": A_DAY}, "ended"),
        ({"verdict": "out_of_scope"}, "ended"),
        ({"verdict": "withdrawn"}, "withdrawn"),
    ],
)
def test_what_was_announced_counts_as_what_it_is(columns, outcome):
    case(**columns, announced_on=A_DAY)

    assert counted() == {outcome: 1}


@pytest.mark.parametrize(
    "columns",
    [
        {"verdict": "adopted", "adopted_on": A_DAY},
        {"verdict": "conditional", "conditions_met_on": A_DAY, "adopted_on": A_DAY},
        {"verdict": "in_principle"},
        {"verdict": "declined"},
        {"verdict": "adopted", "cancelled_on": A_DAY},
    ],
)
def test_a_decision_not_announced_looks_like_none(columns):
    case(**columns)
    case(**columns, announced_on=TODAY + timedelta(1))

    assert counted() == {"talking": 2}


@pytest.mark.parametrize(
    ("columns", "outcome"),
    [
        ({"verdict": "withdrawn"}, "withdrawn"),
        ({"verdict": "out_of_scope"}, "ended"),
    ],
)
def test_what_is_no_decision_of_a_section_counts_at_once(columns, outcome):
    case(**columns)

    assert counted() == {outcome: 1}


def test_a_case_taken_up_again_is_under_way_again():
    withdrawn = make.submission()
    advance(withdrawn, "withdraw", by=make.desk(), note="架空の理由")

    advance(make.reload(withdrawn), "reopen", by=make.desk(), note="架空の理由")

    assert counted(timezone.localdate()) == {"talking": 1}


def test_a_decision_made_at_the_section_does_not_move_the_table():
    section = make.department("架空課")
    deciding = make.proposal(Step.DECISION, section=section)
    before = counted(timezone.localdate())
    Proposal.objects.filter(pk=deciding.pk).update(
        step=Step.DECLINED, holder="", verdict="declined", verdict_on=timezone.localdate()
    )

    assert counted(timezone.localdate()) == before == {"talking": 1}


# --- beside the figures ---------------------------------------------------


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2027, 3, 31), date(2027, 6, 30)])
def test_the_golden_ledger_gives_the_figures_of_the_managers_page(today):
    ledger.take_in(read_table(LEDGER), open_project=lambda *_, **__: None)

    (year,) = status_table(today)

    known = Snapshot(today)
    assert year.received == len(queries.received(known, 2026))
    assert year.counts.get("going", 0) == len(queries.adoption(known, 2026).adopted)


# --- shape ----------------------------------------------------------------


def test_every_way_to_end_has_its_row_also_when_nobody_ended_so():
    case()

    (year,) = status_table(TODAY)

    assert [(outcome.key, n) for outcome, n in year.rows] == [
        ("talking", 1),
        ("going", 0),
        ("taken_up", 0),
        ("ended", 0),
        ("withdrawn", 0),
    ]
    assert len({outcome.words for outcome in OUTCOMES}) == len(OUTCOMES)


def test_a_year_with_a_fictional_proposal_says_so():
    case(is_fictional=True)
    case(received_on=date(2025, 6, 1), first_contact_on=date(2025, 6, 1))

    assert [year.is_fictional for year in status_table(TODAY)] == [True, False]


@pytest.mark.parametrize("count", [1, 30])
def test_the_table_is_one_statement(django_assert_num_queries, count):
    for place in range(count):
        case(received_on=date(2025, 4, 1) + timedelta(place * 20), first_contact_on=date(2025, 4, 1))

    with django_assert_num_queries(1):
        status_table(TODAY)

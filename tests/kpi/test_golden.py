"""The golden set of the ledger gives the figures printed beside it."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from kpi.figures import figures_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
GOLDEN = Path(__file__).parent.parent / "golden"
PRINTED = (GOLDEN / "kpi-2026-as-of-2027-03-31.json").read_text()


def figures(year, on):
    return figures_of(year, date.fromisoformat(on)).as_dict()


def test_figures_at_the_end_of_the_year(golden):
    found = figures(2026, "2027-03-31")

    assert found == json.loads(PRINTED)


def test_the_command_prints_them_letter_by_letter(golden):
    out = StringIO()

    call_command("kpi", "--year", "2026", "--as-of", "2027-03-31", "--format", "json", stdout=out)

    assert out.getvalue() == PRINTED


def test_three_months_later_four_of_nine_are_adopted(golden):
    found = figures(2026, "2027-06-30")["adoption"]

    assert found == {
        "adopted": 4,
        "received": 9,
        "decided": 7,
        "rate": 0.4444,
        "rate_of_decided": 0.5714,
    }


def test_projects_and_days_of_the_next_year(golden):
    found = figures(2027, "2027-06-30")

    assert found["projects"] == 1  # P06
    assert found["days_to_coordination"] == {
        "n": 1,
        "median_open": 9,
        "mean_open": 9.0,
        "p90_open": 9,
        "median_calendar": 14,
        "waiting": [],
        "withdrawn_before": 0,
    }


@pytest.mark.parametrize(
    ("on", "received", "waiting", "projects"),
    [
        ("2026-03-31", 0, [], 0),
        ("2026-04-19", 0, [], 0),  # P01 is a 相談 still
        ("2026-04-20", 1, [5], 0),
        ("2026-04-24", 1, [], 0),
        ("2026-06-11", 4, [1], 0),  # P03 waits until it is withdrawn; P12 began on 06-03
        ("2026-06-12", 4, [], 0),
        ("2026-12-01", 7, [], 2),  # P01 and P08
        ("2027-01-20", 8, [], 1),  # P08 cancelled before its start
    ],
)
def test_figures_on_any_day_of_the_year(golden, on, received, waiting, projects):
    found = figures(2026, on)

    assert (found["received"], found["days_to_coordination"]["waiting"], found["projects"]) == (
        received,
        waiting,
        projects,
    )


def test_an_empty_year_gives_zeros_and_nulls(golden):
    found = figures(2031, "2032-03-31")

    assert found["received"] == found["projects"] == 0
    assert found["days_to_coordination"]["median_open"] is None
    assert (found["adoption"]["rate"], found["adoption"]["rate_of_decided"]) == (None, None)
    assert found["activities"] == {"count": 0, "times": 0}


def test_activities_count_deliveries_up_to_the_day(golden):
    assert figures(2026, "2026-11-14")["activities"] == {"count": 1, "times": 2}

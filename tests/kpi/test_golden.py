"""The golden set of the ledger gives the figures printed beside it."""

import json
from datetime import date
from pathlib import Path

import pytest

from cityhall.tables import read_table
from kpi import queries
from proposals.services import ledger, supports

pytestmark = [pytest.mark.django_db, pytest.mark.both]
GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture
def golden():
    ledger.take_in(read_table(GOLDEN / "ledger.csv"), open_project=lambda *_: None)
    supports.take_in(read_table(GOLDEN / "supports.csv"))


def test_figures_at_the_end_of_the_year(golden):
    figures = queries.figures(2026, date(2027, 3, 31))

    assert figures == json.loads((GOLDEN / "kpi-2026-as-of-2027-03-31.json").read_text())

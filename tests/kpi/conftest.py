"""The golden set, taken in as the commands take it in."""

from pathlib import Path

import pytest

from cityhall.tables import read_table
from proposals.services import ledger, supports
from trips.services.ledger import open_from_ledger

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture
def golden(db):
    ledger.take_in(read_table(GOLDEN / "ledger.csv"), open_project=open_from_ledger)
    supports.take_in(read_table(GOLDEN / "supports.csv"))

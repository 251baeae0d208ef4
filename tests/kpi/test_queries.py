"""Figures of cases the live services made: what the ledger alone cannot show."""

import pytest
from django.utils import timezone

from cityhall.calendar import fiscal_year
from kpi.queries import projects
from kpi.snapshot import Snapshot
from proposals.services import advance, decisions
from tests import make, make_trips
from trips.services import phases

pytestmark = pytest.mark.django_db


def projects_today():
    today = timezone.localdate()
    return len(projects(Snapshot(today), fiscal_year(today)))


def test_a_case_adopted_again_after_its_trip_was_cancelled_is_one_project():
    today, case = timezone.localdate(), make_trips.adopted()
    head = make.head(case.department)
    phases.cancel_before_start(make_trips.trip(case), by=head, reason="会場が使えなくなった")
    desk = make.desk()
    advance(case, "reopen", by=desk, note="会場が見つかった")
    for name in ("start_matching", "start_model", "refer"):
        advance(case, name, by=desk)
    decisions.decide(case, "go", by=head, decided_on=today)

    make_trips.trip(make.reload(case))

    assert projects_today() == 1

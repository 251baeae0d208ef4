"""What 指標のまど adds to the pages of other rooms."""

import pytest
from django.utils import timezone

from kpi import services
from kpi.panels import days_of_case
from tests import make
from tests.make_section import visit

pytestmark = pytest.mark.django_db


def test_a_case_shows_its_days_by_step_and_holder():
    case = make.proposal("sorting")
    services.rebuild_stays(today=timezone.localdate())

    page = visit(make.manager()).get(f"/section/cases/{case.number}/").content.decode()

    assert "段階ごとの日数" in page
    assert "②内容整理" in page


def test_before_the_trail_was_read_there_is_no_panel():
    assert days_of_case(make.submission(), make.manager()) is None

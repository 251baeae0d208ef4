"""A day's work of the desk, end to end, in the embedded mode."""

import pytest

from tests.journeys import people
from tests.journeys.desk_day import work_a_day
from tests.journeys.desk_hands import Day
from tests.services import private

pytestmark = pytest.mark.browser


@pytest.mark.django_db(transaction=True)
def test_a_day_at_the_desk(browser, live_server, worker, tmp_path):
    private.need("poppler")
    people.found()
    people.hire_a_colleague()

    work_a_day(Day(browser, live_server.url, tmp_path))

"""The main job, end to end, in the embedded mode; tests/services walks it in the scaled one."""

import pytest

from tests.journeys import people
from tests.journeys.whole_way import Walk, walk_the_whole_way
from tests.services import private

pytestmark = pytest.mark.browser


@pytest.mark.django_db(transaction=True)
def test_from_the_public_form_to_a_trip_and_its_figure(browser, live_server, worker, tmp_path):
    private.need("poppler")
    people.found()

    walk_the_whole_way(Walk(browser, live_server.url, tmp_path))

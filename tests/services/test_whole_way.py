"""The main job, end to end, on PostgreSQL and Redis with a real worker."""

import pytest

from tests.journeys import people
from tests.journeys.whole_way import Walk, walk_the_whole_way
from tests.services import private

pytestmark = [pytest.mark.browser, pytest.mark.services]


def test_from_the_public_form_to_a_trip_in_the_scaled_city(browser, scaled_city, tmp_path):
    private.need("poppler")
    scaled_city.manage("shell", "-c", f"exec(open({people.__file__!r}).read()); found()")

    walk_the_whole_way(Walk(browser, scaled_city.base_url, tmp_path))

"""④ end to end in the browser: from a survey of sixty organisations to the figure that moves by one."""

import pytest

from proposals.services import receipts
from tests import make_matching
from tests.journeys import people
from tests.journeys.matching_way import Matching, walk_the_matching

pytestmark = pytest.mark.browser


@pytest.mark.django_db(transaction=True)
def test_from_a_survey_to_three_deliveries(browser, live_server, worker, tmp_path):
    people.found()
    walk = Matching(browser, live_server.url, tmp_path)
    walk.code = receipts.new_code()
    walk.number = make_matching.case(code=walk.code, title="架空の空き便で食材をはこぶ").number

    walk_the_matching(walk)

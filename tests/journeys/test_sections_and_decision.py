"""From sheets answered on telephones to a journey that may begin, in the embedded mode."""

import pytest

from tests import make, make_receipt
from tests.journeys import people
from tests.journeys.sections_and_decision import walk_these_weeks
from tests.journeys.weeks import START, Weeks
from tests.services import private

pytestmark = pytest.mark.browser


@pytest.mark.django_db(transaction=True)
def test_from_two_sheets_to_a_journey(browser, live_server, worker, tmp_path, time_machine, mailoutbox):
    private.need("poppler")
    time_machine.move_to(START)
    people.found()
    people.open_a_third_section()
    walk = Weeks(browser, live_server.url, tmp_path, clock=time_machine)
    walk.number = make.submission(code=make_receipt.CODE).number

    walk_these_weeks(walk)

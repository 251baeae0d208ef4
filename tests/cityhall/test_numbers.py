"""Numbers follow the Japanese fiscal year of arrival, and are given once."""

from datetime import date

import pytest
from django.db import transaction

from cityhall import numbers
from cityhall.models import Counter
from proposals.models import Track
from proposals.services import intake
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both]

BEFORE_MIDNIGHT = "2027-03-31T14:59:59Z"  # 31 March 23:59:59 in Japan
MIDNIGHT = "2027-03-31T15:00:00Z"  # 1 April 0:00 in Japan


def test_numbers_run_from_one():
    assert [numbers.next_number("case", 2026) for _ in range(3)] == [1, 2, 3]


def test_every_series_and_every_year_has_its_own():
    given = [
        numbers.next_number(*row) for row in (("case", 2026), ("trip", 2026), ("case", 2027), ("case", 2026))
    ]

    assert given == [1, 1, 1, 2]


def test_a_number_taken_back_with_its_transaction_was_never_given():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        numbers.next_number("case", 2026)
        raise ZeroDivisionError

    assert not Counter.objects.exists()


@pytest.mark.parametrize(("moment", "number"), [(BEFORE_MIDNIGHT, "R8-0001"), (MIDNIGHT, "R9-0001")])
def test_a_case_has_the_year_in_which_it_arrived_in_japan(time_machine, moment, number):
    time_machine.move_to(moment, tick=False)

    case = make.submission()

    assert case.number == number


@pytest.mark.parametrize(
    ("moment", "day"), [(BEFORE_MIDNIGHT, date(2027, 3, 31)), (MIDNIGHT, date(2027, 4, 1))]
)
def test_its_days_are_the_days_in_japan(time_machine, moment, day):
    time_machine.move_to(moment, tick=False)

    case = make.submission()

    assert (case.first_contact_on, case.received_on, case.step_entered_on) == (day, day, day)


def test_a_consultation_and_a_proposal_share_one_series():
    first, second = make.submission(track=Track.CONSULTATION), make.submission()

    assert [int(case.number[-4:]) for case in (first, second)] == [1, 2]


def test_a_consultation_keeps_its_number_when_it_becomes_a_proposal_in_the_next_year(time_machine):
    time_machine.move_to(BEFORE_MIDNIGHT, tick=False)
    case = make.submission(track=Track.CONSULTATION)
    time_machine.move_to(MIDNIGHT, tick=False)

    intake.turn_into_proposal(case, by=make.desk())

    case = make.reload(case)
    assert (case.number, case.received_on) == ("R8-0001", date(2027, 4, 1))


@pytest.mark.parametrize(
    ("track", "first_contact_on", "received_on", "number"),
    [
        (Track.PROPOSAL, date(2027, 3, 30), date(2027, 3, 31), "R8-0001"),
        (Track.PROPOSAL, date(2027, 3, 30), date(2027, 4, 2), "R9-0001"),
        (Track.CONSULTATION, date(2027, 3, 31), None, "R8-0001"),
        (Track.CONSULTATION, date(2027, 4, 1), None, "R9-0001"),
    ],
)
def test_a_case_keyed_in_later_has_the_year_of_its_arrival(
    time_machine, track, first_contact_on, received_on, number
):
    time_machine.move_to("2027-04-05T01:00:00Z", tick=False)

    case = intake.enter(
        make.words(),
        by=make.desk(),
        organization=make.organization(),
        track=track,
        first_contact_on=first_contact_on,
        received_on=received_on,
    )

    assert case.number == number

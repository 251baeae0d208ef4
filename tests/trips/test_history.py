"""Journeys of the past, entered from the city's own papers."""

import pytest
from django.utils import timezone

from cityhall import records
from cityhall.refusal import NotAllowed
from tests import make, make_trips
from trips.models import TripRecord
from trips.services import enter_history

pytestmark = pytest.mark.django_db


def test_history_has_no_section_and_no_case():
    trip = make_trips.history("TRIP-0.0")

    assert (trip.called, trip.department, trip.is_history) == ("TRIP 0.0", None, True)
    assert not trip.proposals.exists()


def test_only_the_desk_enters_history():
    with pytest.raises(NotAllowed, match="窓口だけ"):
        enter_history("TRIP-0.1", by=make.manager(), title="x", opened_on=make.LONG_AGO, events=[])


def test_history_takes_no_running_number():
    with pytest.raises(NotAllowed, match="前史の番号"):
        make_trips.history("TRIP-R8-01")


def test_an_event_of_history_needs_its_source():
    event = {"on": timezone.localdate(), "phase": "gate", "text": "出典のない話"}

    with pytest.raises(NotAllowed, match="出典が必要"):
        make_trips.history(events=[event])


def test_the_trail_of_a_trip_is_chained():
    make_trips.history()
    make_trips.started()

    assert records.first_bad(TripRecord) is None

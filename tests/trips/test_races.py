"""Several people at once: one wins, the others read why not."""

from functools import partial

import pytest

from cityhall.refusal import NotAllowed
from tests import make, make_trips
from tests.together import at_once, failures
from trips.models import Trip
from trips.services import advance, open_trip
from trips.workflow import Kind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_several_desks_open_one_trip_from_a_case():
    case, desks = make_trips.adopted(), [make.desk() for _ in range(4)]

    outcomes = at_once(*(partial(open_trip, case, by=desk) for desk in desks))

    refused = failures(outcomes)
    assert (len(refused), Trip.objects.count()) == (3, 1)
    assert all(isinstance(refusal, NotAllowed) and "もう TRIP-" in str(refusal) for refusal in refused)


def test_several_heads_start_a_trip_once():
    trip = make_trips.trip()
    heads = [make.head(trip.department) for _ in range(4)]

    outcomes = at_once(*(partial(advance, trip, "start", by=head) for head in heads))

    refused = failures(outcomes)
    assert (len(refused), trip.records.filter(kind=Kind.MOVE).count()) == (3, 1)
    assert all(isinstance(refusal, NotAllowed) for refusal in refused)

"""休止 and 再開: a rest on the way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.services import chasing
from tests import make, make_trips
from trips.services import add_event, advance, plan_review
from trips.workflow import Phase

pytestmark = pytest.mark.django_db


def with_an_address():
    return make_trips.started(section=make.department("架空の所管課", email="s@example.com"))


def head_of(trip):
    return make.head(trip.department)


def test_a_rest_needs_a_day_to_look_again():
    trip = make_trips.started()

    with pytest.raises(NotAllowed, match="休止を見直す日"):
        advance(trip, "rest", by=head_of(trip), note="冬のあいだ")


@pytest.mark.both
def test_a_trip_rests_in_its_phase_and_goes_on():
    trip = make_trips.resting(make_trips.started())
    assert (trip.step, trip.standing) == (Phase.TRIAL, "②TRIP 1（休止中）")

    advance(trip, "resume", by=head_of(trip), note="担い手が見つかった")

    trip = make_trips.reload(trip)
    assert (trip.resting_since, trip.started_on) == (None, timezone.localdate())


def test_a_resting_trip_goes_on_before_it_moves_on():
    trip = make_trips.resting(make_trips.started())
    make_trips.review(trip)
    make_trips.result(trip)

    with pytest.raises(NotAllowed, match="休止を終えて、再開する"):
        advance(trip, "bear", by=head_of(trip))


def test_one_rests_once_and_goes_on_once():
    trip = make_trips.started()
    with pytest.raises(NotAllowed, match="休止していません"):
        advance(trip, "resume", by=head_of(trip), note="続ける")
    trip = make_trips.resting(trip)
    with pytest.raises(NotAllowed, match="もう休止しています"):
        advance(trip, "rest", by=head_of(trip), note="休む")


def test_the_page_offers_the_rest_or_the_going_on_never_both(as_):
    trip = make_trips.started()
    offers = reverse("trips:move", args=[trip.number, "rest"])
    other = reverse("trips:move", args=[trip.number, "resume"])
    page = as_(head_of(trip)).get(trip.get_absolute_url()).text
    assert offers in page and other not in page
    make_trips.resting(trip)

    page = as_(head_of(trip)).get(trip.get_absolute_url()).text

    assert other in page and offers not in page
    assert "（休止中）" in page


def test_a_rest_ends_with_the_journey():
    trip = make_trips.ready_to_close(make_trips.resting(make_trips.started()))

    advance(trip, "stop", by=head_of(trip), note="担い手がいない")

    assert make_trips.reload(trip).resting_since is None


def test_what_happened_is_still_written_while_resting():
    trip = make_trips.resting(make_trips.started())

    add_event(trip, by=make.desk(), text="担い手を探した", on=timezone.localdate())

    assert trip.events.count() == 1


def test_the_day_to_look_again_still_comes_while_resting():
    trip = make_trips.resting(with_an_address())

    sent = sum(chasing.chase(trip.review_on + timedelta(n)) for n in range(-9, 9))

    assert sent == 2
    plan_review(trip, by=make.desk(), on=trip.review_on + timedelta(30))

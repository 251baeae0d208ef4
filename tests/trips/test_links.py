"""Which journey led to which."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cityhall.refusal import NotAllowed
from tests import make, make_trips
from trips.models import Link
from trips.services import link
from trips.services.links import descendants

pytestmark = pytest.mark.django_db


def test_a_link_stands_in_the_trail_of_both():
    parent, child = make_trips.trip(), make_trips.trip()

    link(parent, child, reason="同じ運転手の気づきから", by=make.desk())

    assert [t.records.last().data for t in (parent, child)] == [
        {"parent": parent.number, "child": child.number}
    ] * 2


def test_the_childs_section_may_link_it():
    parent, child = make_trips.trip(), make_trips.trip()

    link(parent, child, reason="学びから", by=make.member(child.department))

    assert Link.objects.count() == 1


def test_strangers_may_not_link():
    parent, child = make_trips.trip(), make_trips.trip()

    with pytest.raises(NotAllowed, match="主に担当する課と窓口だけ"):
        link(parent, child, reason="学びから", by=make.member(make.department("架空のほかの課")))


def test_a_link_without_a_reason_is_refused():
    with pytest.raises(NotAllowed, match="どうつながったか"):
        link(make_trips.trip(), make_trips.trip(), reason="　", by=make.desk())


def test_a_trip_cannot_lead_to_itself():
    trip = make_trips.trip()

    with pytest.raises(NotAllowed, match="同じ共創プロジェクト"):
        link(trip, trip, reason="学びから", by=make.desk())


def test_the_same_pair_is_linked_once():
    parent, child = make_trips.trip(), make_trips.trip()
    link(parent, child, reason="学びから", by=make.desk())

    with pytest.raises(NotAllowed, match="もうつながっています"):
        link(parent, child, reason="もう一度", by=make.desk())


def test_a_child_older_than_its_parent_is_refused():
    with pytest.raises(NotAllowed, match="より前に始まっています"):
        link(make_trips.trip(), make_trips.history(), reason="学びから", by=make.desk())


def test_a_loop_over_three_is_refused():
    first, second, third = make_trips.trip(), make_trips.trip(), make_trips.trip()
    desk = make.desk()
    link(first, second, reason="学びから", by=desk)
    link(second, third, reason="学びから", by=desk)

    with pytest.raises(NotAllowed, match="輪になります"):
        link(third, first, reason="学びから", by=desk)


def test_no_order_of_linking_makes_a_loop():
    trips, desk = [make_trips.history(f"TRIP-0.{n}", opened_on=make.LONG_AGO) for n in range(5)], make.desk()

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(trips), st.sampled_from(trips)), max_size=10))
    def link_all(pairs):
        Link.objects.all().delete()
        for parent, child in pairs:
            with suppress(NotAllowed):
                link(parent, child, reason="学びから", by=desk)
        assert all(trip.pk not in descendants(trip) for trip in trips)

    link_all()

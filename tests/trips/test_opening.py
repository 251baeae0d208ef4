"""How a TRIP comes to be from adopted cases."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.workflow import Kind as CaseKind
from tests import make, make_trips
from trips.models import Trip
from trips.queries import adopted_without_trip
from trips.services import add_case, cancel_before_start, open_trip
from trips.workflow import Kind, Phase

pytestmark = pytest.mark.django_db


@pytest.mark.both
def test_a_trip_takes_title_section_and_partner_from_its_case():
    case = make_trips.adopted()

    trip = open_trip(case, by=make.desk())

    assert (trip.title, trip.department, trip.step) == (case.title, case.department, Phase.GATE)
    assert [partner.organization for partner in trip.partners.all()] == [case.organization]
    assert trip.opened_on == timezone.localdate()


def test_trips_are_numbered_within_the_fiscal_year(time_machine):
    time_machine.move_to("2026-11-20T10:00:00+09:00", tick=False)

    numbers = [make_trips.trip().number for _ in range(2)]

    assert numbers == ["TRIP-R8-01", "TRIP-R8-02"]


def test_the_case_is_told_of_its_trip():
    case = make_trips.adopted()

    trip = open_trip(case, by=make.desk())

    assert case.records.get(kind=CaseKind.PROJECT).data == {"project": trip.number}


def test_several_cases_may_share_one_trip():
    cases = [make_trips.adopted(), make_trips.adopted()]

    trip = open_trip(*cases, by=make.desk(), title="架空の食材便", on=timezone.localdate())

    assert set(trip.proposals.all()) == set(cases)
    assert trip.records.filter(kind=Kind.JOINED).count() == 2


def test_the_same_case_twice_travels_once():
    case = make_trips.adopted()

    trip = open_trip(case, case, by=make.desk())

    assert trip.proposals.count() == 1


def test_only_the_desk_opens_a_trip():
    case = make_trips.adopted()

    with pytest.raises(NotAllowed, match="窓口だけ"):
        open_trip(case, by=make.head(case.department))


def test_a_trip_needs_a_case():
    with pytest.raises(NotAllowed, match="1つ以上選んで"):
        open_trip(by=make.desk())


def test_adoption_in_principle_opens_no_trip():
    case = make_trips.in_principle()

    with pytest.raises(NotAllowed, match="案件化していません"):
        open_trip(case, by=make.desk())

    assert not Trip.objects.exists()


def test_a_case_that_travels_opens_no_second_trip_unless_said():
    case = make_trips.adopted()
    first = open_trip(case, by=make.desk())

    with pytest.raises(NotAllowed, match=f"もう {first.number}"):
        open_trip(case, by=make.desk())

    assert open_trip(case, by=make.desk(), again=True).number != first.number


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_adoption_or_to_come_is_refused(days):
    case = make_trips.adopted()

    with pytest.raises(NotAllowed, match="案件化の日から今日まで"):
        open_trip(case, by=make.desk(), on=timezone.localdate() + timedelta(days))


def test_a_section_that_is_no_more_cannot_be_given_the_lead():
    case = make_trips.adopted()
    gone = make.department("架空のなくなった課", valid_to=make.LONG_AGO)

    with pytest.raises(NotAllowed, match="いまある課から"):
        open_trip(case, by=make.desk(), department=gone)


def test_a_trip_can_be_born_of_another():
    parent = make_trips.history()

    trip = make_trips.trip(parent=parent, reason="終わりを伝える約束の学びから")

    assert [link.parent for link in trip.links_up.all()] == [parent]


def test_a_refused_parent_leaves_no_trip_behind():
    parent, case = make_trips.history(), make_trips.adopted()

    with pytest.raises(NotAllowed, match="どうつながったか"):
        open_trip(case, by=make.desk(), parent=parent)

    assert list(Trip.objects.all()) == [parent]


def test_another_adopted_case_may_join_later():
    trip, case = make_trips.trip(), make_trips.adopted()

    add_case(trip, case, by=make.desk())

    assert trip.proposals.count() == 2
    assert trip.partners.count() == 2


def test_a_trip_that_is_over_takes_no_case():
    trip = make_trips.trip()
    cancel_before_start(trip, by=make.head(trip.department), reason="協力先の都合")

    with pytest.raises(NotAllowed, match="もう案件を加えられません"):
        add_case(trip, make_trips.adopted(), by=make.desk())


def test_adopted_cases_without_a_trip_are_listed_until_one_is_opened():
    case, _ = make_trips.adopted(), make_trips.in_principle()

    assert list(adopted_without_trip()) == [case]

    open_trip(case, by=make.desk())

    assert not adopted_without_trip().exists()

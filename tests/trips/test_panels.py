"""What this floor adds to pages of other floors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.panels import panels_for
from cityhall.refusal import NotAllowed
from proposals.models import Hearing, Organization, Proposal
from proposals.services import organizations
from tests import make, make_trips
from tests.make_care import encounter
from trips.services import open_trip
from trips.services.story import add_partner

pytestmark = pytest.mark.django_db


def panel(place, subject, user):
    return next((p for p in panels_for(place, subject, user) if p.template.startswith("trips/")), None)


def test_the_desk_is_offered_to_open_a_trip_on_an_adopted_case():
    case = make_trips.adopted()

    assert panel("proposal.case", case, make.desk()).context == {"trips": [], "case": case}
    assert panel("proposal.section", case, make.member(case.department)) is None


def test_a_case_shows_its_trip_to_whoever_may_open_it():
    case, asked = make_trips.adopted(), make.department("架空の尋ねられただけの課")
    today = timezone.localdate()
    Hearing.objects.create(proposal=case, department=asked, reason="担当", asked_on=today, due_on=today)
    trip = open_trip(case, by=make.desk())

    shown = panel("proposal.section", case, make.member(case.department))

    assert shown.context == {"trips": [trip], "case": None}
    assert panel("proposal.section", case, make.member(asked)) is None


def test_a_case_not_adopted_has_no_panel():
    assert panel("proposal.case", make_trips.in_principle(), make.desk()) is None


def test_a_section_sees_its_trips_and_the_cases_that_wait_for_one():
    section = make.department("架空の所管課")
    trip, waiting = make_trips.trip(section=section), make_trips.adopted(section)
    make_trips.trip(section=make.department("架空のほかの課"))

    shown = panel("section.home", [section], make.member(section))

    assert shown.context == {"trips": [trip], "waiting": [waiting], "things": []}


def test_a_section_without_either_has_no_panel():
    section = make.department("架空の所管課")

    assert panel("section.home", [section], make.member(section)) is None


def test_the_desks_home_lists_what_waits_for_a_trip():
    assert panel("desk.home", None, make.desk()) is None

    case = make_trips.adopted()

    assert panel("desk.home", None, make.desk()).context == {"waiting": [case], "reports": []}
    assert panel("desk.home", None, make.admin()) is None


def test_the_landing_page_tells_the_published_history(client):
    assert panel("public.landing", None, make.desk()) is None

    trip = make_trips.history("TRIP-0.0")

    assert panel("public.landing", None, make.desk()).context["trip"] == trip
    assert "TRIP 0.0" in client.get("/").text


def test_an_organisation_has_its_trips_also_those_of_one_merged_into_it():
    desk, trip = make.desk(), make_trips.started(make_trips.adopted())
    double, into = trip.partners.first().organization, make.submission().organization

    before = panel("organization.page", into, desk).context
    organizations.merge(double, into, by=desk)
    after = panel("organization.page", into, desk).context

    assert [one.trips for one in before["meetings"]] == [[]]
    assert sorted(len(one.trips) for one in after["meetings"]) == [0, 1]
    assert before["joined"] == after["joined"] == []  # it travels in those of its cases, told already


def test_an_organisation_shows_the_trips_of_others_in_which_it_travels_along():
    desk, trip = make.desk(), make_trips.started(make_trips.adopted())
    double, into = (
        Organization.objects.create(name=name, kind="npo") for name in ("架空の旧名", "架空の新名")
    )
    add_partner(trip, by=desk, organization=double, role="場所を貸す")
    organizations.merge(double, into, by=desk)

    (partner,) = panel("organization.page", into, desk).context["joined"]

    assert (partner.trip, partner.role, str(partner)) == (trip, "場所を貸す", "架空の新名")


def test_an_organisation_shows_which_meeting_led_to_which_case_and_trip():
    desk, case = make.desk(), make_trips.adopted()
    trip, other = open_trip(case, by=desk), make.submission()
    Proposal.objects.filter(pk=other.pk).update(organization=case.organization)
    met_on = case.first_contact_on - timedelta(10)
    encounter(case, desk, kind="visit", on=met_on, is_sure=True, reason="来庁が先にあった")
    encounter(case, desk)

    first, second = panel("organization.page", case.organization, desk).context["meetings"]

    assert (first.case.first_contact_on, first.how, first.later, first.trips) == (met_on, "来庁", 1, [trip])
    assert (second.case, second.how, second.trips) == (other, "", [])


def test_nobody_the_desk_has_met_has_no_such_panel():
    assert (
        panel("organization.page", Organization.objects.create(name="架空", kind="npo"), make.desk()) is None
    )


def test_one_merged_is_shown_on_the_trip_under_the_others_name_once(client):
    desk, trip = make.desk(), make_trips.started(make_trips.adopted())
    double, into = (
        trip.partners.first().organization,
        Organization.objects.create(name="架空のまとめ先", kind="npo"),
    )
    add_partner(trip, by=desk, organization=into)
    organizations.merge(double, into, by=desk)
    client.force_login(desk)

    page = client.get(trip.get_absolute_url())

    assert [str(partner) for partner in page.context["partners"]] == [into.name]
    with pytest.raises(NotAllowed, match="もう一緒に"):
        add_partner(trip, by=desk, organization=into)


def test_a_partner_named_as_one_merged_before_is_the_other():
    desk, trip = make.desk(), make_trips.started(make_trips.adopted())
    double, into = make.submission().organization, make.submission().organization
    organizations.merge(double, into, by=desk)

    assert add_partner(trip, by=desk, name=double.name).organization == into

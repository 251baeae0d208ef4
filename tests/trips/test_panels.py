"""What this floor adds to pages of other floors."""

import pytest
from django.utils import timezone

from cityhall.panels import panels_for
from proposals.models import Hearing
from tests import make, make_trips
from trips.services import open_trip

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

    assert shown.context == {"trips": [trip], "waiting": [waiting]}


def test_a_section_without_either_has_no_panel():
    section = make.department("架空の所管課")

    assert panel("section.home", [section], make.member(section)) is None


def test_the_desks_home_lists_what_waits_for_a_trip():
    assert panel("desk.home", None, make.desk()) is None

    case = make_trips.adopted()

    assert panel("desk.home", None, make.desk()).context == {"waiting": [case]}
    assert panel("desk.home", None, make.admin()) is None


def test_the_landing_page_tells_the_published_history(client):
    assert panel("public.landing", None, make.desk()) is None

    trip = make_trips.history("TRIP-0.0")

    assert panel("public.landing", None, make.desk()).context["trip"] == trip
    assert "TRIP 0.0" in client.get("/").text

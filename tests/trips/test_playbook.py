"""旅の型, and the papers of the journeys: who gets them, what stands on them, what begins from them."""

import pytest
from django.urls import reverse

from cityhall import pdf_fonts
from proposals.models import Organization
from tests import make, make_map, make_trips
from trips import playbook, printing
from trips.lineage import paper, scope
from trips.models import Link
from trips.services import advance, link
from trips.tasks import print_paper

pytestmark = pytest.mark.django_db


def told():
    """A TRIP at ③, looked back on."""
    trip = make_trips.started()
    make_trips.result(trip)
    make_trips.review(trip)
    advance(trip, "bear", by=make.head(trip.department))
    return make_trips.reload(trip)


# --- the playbook --------------------------------------------------------------------


def test_a_playbook_tells_steps_roles_and_what_to_repeat():
    trip = told()

    book = playbook.find(make.desk(), trip.number)

    names = [step.name for step in book.steps]
    assert names[0] == "⑥案件化判断" or names[0].startswith("①受付")
    assert names[-3:] == ["旅の①出会い（Gate）", "旅の②TRIP 1", "旅の③成果"]
    assert [step.days for step in book.steps[-3:]] == [0, 0, None]
    assert [role for _, role, _ in book.company] == ["提案した団体"]
    assert [event.text for event in book.reviews] == ["3か月をふり返りました。"]
    assert [kind for kind, results in book.born if results] == ["直接"]


def test_a_journey_of_the_past_tells_its_phases_without_days():
    book = playbook.find(make.desk(), make_trips.history().number)

    assert [(step.name, step.days) for step in book.steps] == [("旅の①出会い（Gate）", None)]


@pytest.mark.parametrize("reader", ["stranger", "other"])
def test_a_journey_one_may_not_see_has_no_playbook(client, reader):
    trip = told()
    if reader == "other":
        client.force_login(make.member(make.department("架空のほかの課")))

    page = client.get(reverse("trips:playbook", args=[trip.number]))

    assert page.status_code == (404 if reader == "other" else 302)


def test_a_journey_under_way_has_none_yet(as_):
    trip = make_trips.started()

    assert as_(make.desk()).get(reverse("trips:playbook", args=[trip.number])).status_code == 404
    assert "旅の型" not in as_(make.desk()).get(trip.get_absolute_url()).text


def test_the_next_journey_begins_from_a_playbook(as_):
    trip, case = told(), make_trips.adopted()
    client = as_(make.desk())

    page = client.get(reverse("trips:open", args=[case.number]), {"from": trip.number})

    assert case.number in client.get(reverse("trips:playbook", args=[trip.number])).text
    assert page.context["form"].initial["parent"] == trip
    assert f"{trip.called} の型から始める" in page.text


def test_a_journey_begun_from_a_playbook_shows_its_way_marks(as_):
    parent, child = told(), make_trips.trip()
    link(parent, child, reason="型から", by=make.desk())

    page = as_(make.desk()).get(child.get_absolute_url())

    assert "型からの道しるべ" in page.text
    assert Link.objects.get().parent == parent


def test_way_marks_count_open_days_from_the_day_of_opening(time_machine):
    time_machine.move_to("2026-06-01T10:00:00+09:00", tick=False)
    section = make.department("架空の所管課")
    case = make_trips.adopted(section)
    parent = make_trips.trip(case)
    time_machine.move_to("2026-06-08T10:00:00+09:00", tick=False)  # five open days later
    advance(parent, "start", by=make.head(section))
    parent = make_trips.reload(parent)
    make_trips.result(parent)
    make_trips.review(parent)
    advance(parent, "bear", by=make.head(section))
    child = make_trips.trip()
    link(parent, child, reason="型から", by=make.desk())

    found, marks = playbook.way_marks(child, make.desk())

    assert found == parent
    assert [(name[:3], on.day) for name, on in marks] == [("旅の①", 8), ("旅の②", 15), ("旅の③", 15)]


# --- papers --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["map", "playbook"])
def test_a_paper_prints_from_the_browser_for_whoever_sees_the_page(client, kind):
    trip = make_trips.history()

    page = client.get(reverse("trips:paper", args=[kind, trip.number]))

    assert page.status_code == 200
    assert trip.title in page.text
    assert "data-print" in page.text


def test_no_other_kind_of_paper_is_there(as_):
    assert as_(make.desk()).get(reverse("trips:paper", args=["other", "all"])).status_code == 404


@pytest.mark.skipif(not pdf_fonts.available(), reason="no pango")
def test_a_pdf_is_made_for_its_reader_and_handed_to_nobody_else(as_):
    trip, desk = told(), make.desk()
    page = as_(desk).get(reverse("trips:pdf", args=["playbook", trip.number]))
    assert page["Refresh"]

    print_paper(desk.pk, "playbook", trip.number)

    found = printing.find(desk, "playbook", trip.number)
    file = f"/files/journey/{printing.place_of(desk, found).name}"
    assert as_(desk).get(file)["Content-Type"] == "application/pdf"
    assert as_(make.desk()).get(file).status_code == 404
    assert "PDFをひらく" in as_(desk).get(reverse("trips:pdf", args=["playbook", trip.number])).text


def test_a_map_of_three_hundred_marks_is_cut_between_rows_and_loses_none():
    make_map.journeys()
    found = scope.find(make.desk(), "all")

    sheets = paper.pictures(found)

    assert 1 <= len(sheets) <= 3
    assert all(row.trip for row in found.graph.rows)
    assert sum(sheet.count("TRIP-R") for sheet in sheets) >= len(found.graph.rows)


def test_the_organisations_page_leads_to_its_map(as_):
    organization = make_trips.started().proposals.get().organization

    page = as_(make.desk()).get(reverse("admin:proposals_organization_change", args=[organization.pk]))

    assert reverse("trips:map", args=[f"org-{organization.pk}"]) in page.text
    assert Organization.objects.filter(pk=organization.pk).exists()

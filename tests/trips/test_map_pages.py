"""旅の系譜図 as a page: who sees what of it, searching, choosing, the table, how much it asks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.models import Introduction, Organization, Proposal
from proposals.workflow import Step
from tests import make, make_map, make_matching, make_town, make_trips
from trips import lineage
from trips.lineage.graph import Mark
from trips.models import Event, EventLink, Trip, TripCase
from trips.services import add_event, add_partner, link, link_events
from zamagate.demo_city import trip00

pytestmark = pytest.mark.django_db


def url(key="all"):
    return reverse("trips:map", args=[key])


def words(graph, kind=None):
    return {
        (graph.by_key[e.source].short, graph.by_key[e.target].short)
        for e in graph.edges
        if kind in (None, e.kind)
    }


# --- what it tells -----------------------------------------------------------------


def test_from_the_first_meeting_to_what_came_of_it_everything_has_its_record():
    trip = make_trips.started()
    make_trips.result(trip, text="架空の食材便が月2回に")
    case = trip.proposals.get()

    graph = lineage.read(make.desk())

    shorts = [node.short for node in graph.nodes]
    assert shorts == [case.organization.name, case.title, "旅のはじまり", "架空の食材便が月2回に"]
    assert words(graph) == {(shorts[0], shorts[1]), (shorts[1], shorts[2]), (shorts[2], shorts[3])}
    assert all(edge.record.evidence and edge.record.who for edge in graph.edges)
    assert graph.nodes[-1].proof == lineage.Record(graph.nodes[-1].said_on, "架空の団体", "受取簿")


def test_a_second_case_of_an_organisation_hangs_on_its_first_meeting():
    trip = make_trips.started()
    other = make_trips.adopted(trip.department)
    Proposal.objects.filter(pk=other.pk).update(organization=trip.proposals.get().organization)
    second = make_trips.trip(make_trips.reload(other))

    graph = lineage.read(make.desk())

    assert [row.trip for row in graph.rows] == [trip.pk, second.pk]
    assert len([node for node in graph.nodes if node.key.startswith("o")]) == 1


def test_an_introduction_that_goes_on_leads_to_the_journey():
    section, on = make.department("架空の所管課"), timezone.localdate()
    case = make.proposal(Step.LOGIC_MODEL, section=section)
    met = make_matching.introduction(case, make.desk(), departments=[section])
    told = {"result": "goes_on", "result_text": "続ける", "result_on": on, "next_step": "歩く", "on": on}
    Introduction.objects.filter(pk=met.pk).update(**told)
    days = {"opened_on": on, "step_entered_on": on}
    trip = Trip.objects.create(number="TRIP-R8-77", title="架空", department=section, **days)
    TripCase.objects.create(trip=trip, proposal=case, joined_on=on)

    graph = lineage.read(make.desk())

    assert (f"{section}と会う", "旅のはじまり") in words(graph, "引き合わせから")


def test_who_may_not_be_named_is_not_named_on_the_map():
    section, hidden = make.department("架空の所管課"), make_town.resource(by=make.desk(), consent="no")
    case = make.proposal(Step.LOGIC_MODEL, section=section)
    met = make_matching.introduction(case, make.desk(), departments=[section])
    met.resources.add(hidden)
    Introduction.objects.filter(pk=met.pk).update(on=timezone.localdate())

    graph = lineage.read(make.desk())

    assert f"{section}と会う" in [node.short for node in graph.nodes]
    assert not any(str(hidden) in node.text or str(hidden) in node.short for node in graph.nodes)


def test_a_partner_joins_on_the_day_it_was_written_down():
    trip = make_trips.started()
    add_partner(trip, by=make.desk(), name="架空自治会Z", role="声かけ")

    graph = lineage.read(make.desk())

    (node,) = [node for node in graph.nodes if node.key.startswith("p")]
    assert (node.text, node.mark) == ("架空自治会Zが加わる（声かけ）", Mark.MEETING)


def test_a_child_leaves_from_the_last_thing_its_parent_had_brought():
    parent = make_trips.started()
    make_trips.result(parent, text="次の種への気づき", kind="latent")
    child = make_trips.trip()
    link(parent, child, reason="気づきから", by=make.desk())

    graph = lineage.read(make.desk())

    (edge,) = [edge for edge in graph.edges if edge.kind == "次の旅"]
    assert graph.by_key[edge.target].trip == child.pk
    assert edge.record.evidence == "気づきから"


def test_trip_0_0_is_drawn_from_the_papers(client):
    trip = trip00.load(make.desk())

    graph = lineage.read(make.desk())

    assert [row.title for row in graph.rows] == [
        "出会いと食",
        "住まいの支援",
        "庁内のつなぎ",
        "家計・就労",
        "学びと協議会",
    ]
    assert ("訪問で、ワンエイドと出会う", "フードバンクを始める") in words(graph, "つながり")
    assert graph.lost == []
    assert {node.short for node in graph.nodes if node.mark == Mark.LATENT} >= {"厚生労働白書に掲載"}
    assert trip.title in client.get(url()).text


# --- who sees what -----------------------------------------------------------------


def test_a_stranger_sees_published_journeys_alone(client):
    shown, hidden = make_trips.history(), make_trips.trip()

    page = client.get(url())

    assert shown.events.get().text in page.text
    assert hidden.title not in page.text
    assert client.get(url(hidden.number)).url.startswith("/accounts/login/")


def test_a_section_sees_its_own_journeys_and_no_others_cases(as_):
    own, other = make_trips.started(), make_trips.started(section=make.department("架空のほかの課"))
    Trip.objects.filter(pk=other.pk).update(is_public=True)

    page = as_(make.member(own.department)).get(url())

    assert own.proposals.get().number in page.text
    assert other.called in page.text
    assert other.proposals.get().number not in page.text


@pytest.mark.parametrize("key", ["TRIP-R8-99", "org-999999", "org-x", "org-" + "9" * 30, "none"])
def test_what_is_not_there_is_404(as_, key):
    assert as_(make.desk()).get(url(key)).status_code == 404


def test_an_organisation_has_its_idle_cases_on_its_map_too(as_):
    case = make.submission()
    idle = case.organization

    page = as_(make.desk()).get(url(f"org-{idle.pk}"))

    assert case.number in page.text
    assert case.number not in as_(make.desk()).get(url()).text


def test_an_organisation_with_nothing_on_the_map_has_none(as_):
    quiet = Organization.objects.create(name="架空", kind="npo")

    assert as_(make.desk()).get(url(f"org-{quiet.pk}")).status_code == 404


# --- the page ----------------------------------------------------------------------


def test_the_table_is_complete_without_the_picture(as_):
    trip = make_trips.started()
    make_trips.result(trip)

    page = as_(make.desk()).get(url(trip.number))

    lines = page.context["lines"]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    assert [[one["number"] for one in line["before"]] for line in lines] == [[], [1], [2], [3]]
    assert [[one["number"] for one in line["after"]] for line in lines] == [[2], [3], [4], []]
    assert lines[-1]["records"] == ["受取簿（架空の団体）"]


def test_a_chosen_mark_tells_the_way_that_led_to_it(as_):
    trip = make_trips.started()
    make_trips.result(trip)
    last = lineage.read(make.desk()).nodes[-1].key

    page = as_(make.desk()).get(url(), {"at": last})

    assert (page.context["chosen"]["before"], page.context["chosen"]["after"]) == (3, 0)
    assert "3つの出来事をたどって" in page.text
    assert as_(make.desk()).get(url(), {"at": "x'"}).context["chosen"] is None


FOUND = [("ショクザイビン", 0), ("食材便　月2", 1), ("ＴＲＩＰ－Ｒ", 4), ("ない言葉", 0)]


@pytest.mark.parametrize(("sought", "found"), FOUND)
def test_searching_finds_words_of_marks_and_rows(as_, sought, found):
    make_trips.result(make_trips.started())

    page = as_(make.desk()).get(url(), {"q": sought})

    assert len(page.context["lines"]) == found


def test_nothing_to_draw_says_so(client):
    assert "まだ旅はありません" in client.get(url()).text


def test_three_hundred_marks_are_asked_for_in_twelve_statements(as_, django_assert_max_num_queries):
    make_map.journeys()
    make_trips.result(make_trips.started())
    client = as_(make.desk())

    with django_assert_max_num_queries(12):
        page = client.get(url())

    assert page.context["count"] > 300


# --- events that led to events ------------------------------------------------------


def test_an_event_leads_to_a_later_one_of_its_journey():
    trip, today = make_trips.started(), timezone.localdate()
    first = add_event(trip, by=make.desk(), text="打合せ", on=today)
    then = add_event(trip, by=make.desk(), text="試行", on=today)

    link_events(first, then, evidence="会議録", by=make.head(trip.department))

    assert EventLink.objects.get().target == then


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"backward": True}, "前の出来事から後の出来事へだけ"),
        ({"evidence": " "}, "何で分かるか"),
        ({"elsewhere": True}, "同じ旅"),
        ({"twice": True}, "もうつながっています"),
    ],
)
def test_a_link_of_events_that_cannot_be_is_refused(change, said):
    trip, today, desk = make_trips.started(), timezone.localdate(), make.desk()
    other = make_trips.started() if change.get("elsewhere") else trip
    first = add_event(other, by=desk, text="打合せ", on=today - timedelta(2 * (not change.get("backward"))))
    then = add_event(trip, by=desk, text="試行", on=today - timedelta(1))
    told = {"evidence": change.get("evidence", "会議録"), "by": desk}
    if change.get("twice"):
        link_events(first, then, **told)

    with pytest.raises(NotAllowed, match=said):
        link_events(first, then, **told)

    assert Event.objects.count() == 2

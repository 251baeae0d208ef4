"""旅の系譜図: its facts, where everything stands, what is drawn."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trips import lineage
from trips.lineage.build import GUESS, Builder
from trips.lineage.graph import Mark
from trips.models import Event, EventLink, Link, Result, Trip

DAYS = st.integers(0, 3000).map(lambda n: date(2018, 1, 1) + timedelta(n))
PLACES = st.integers(0, 40)
PAIRS = st.lists(st.tuples(PLACES, PLACES), max_size=20, unique=True)


@st.composite
def towns(draw):
    """Any journeys, events, results and links, also those no service would take: loops, backward days."""
    trips = [
        Trip(pk=n, number=f"TRIP-R8-{n}", title="架空", opened_on=day, is_history=draw(st.booleans()))
        for n, day in enumerate(draw(st.lists(DAYS, min_size=1, max_size=8)), start=1)
    ]
    strands = st.sampled_from(["", "食", "住まい"])
    events = [
        Event(pk=n, trip=draw(st.sampled_from(trips)), on=day, text="架空の出来事", strand=draw(strands))
        for n, day in enumerate(draw(st.lists(DAYS, min_size=1, max_size=20)), start=1)
    ]
    kinds = st.sampled_from(Result.Kind.values)
    results = [
        Result(pk=n, trip=draw(st.sampled_from(trips)), on=day, text="成果", evidence="簿", kind=draw(kinds))
        for n, day in enumerate(draw(st.lists(DAYS, max_size=8)), start=1)
    ]
    event_pairs = [(events[a % len(events)], events[b % len(events)]) for a, b in draw(PAIRS)]
    trip_pairs = [(trips[a % len(trips)], trips[b % len(trips)]) for a, b in draw(PAIRS)]
    build = Builder(trips, {})
    build.story(events, results)
    build.event_links(EventLink(source=a, target=b, evidence="会議録") for a, b in event_pairs)
    build.links(
        Link(pk=n, parent=a, child=b, reason="種から", linked_on=b.opened_on)
        for n, (a, b) in enumerate(trip_pairs)
    )
    return build.graph()


# --- facts -------------------------------------------------------------------------


@given(towns())
@settings(max_examples=60, deadline=None)
def test_time_flows_forward_there_is_no_loop_and_every_line_has_its_record(graph):
    keys = set(graph.by_key)

    assert all(graph.by_key[edge.source].order < graph.by_key[edge.target].order for edge in graph.edges)
    assert all({edge.source, edge.target} <= keys for edge in graph.edges)
    assert all(edge.record.evidence and edge.record.said_on and edge.kind for edge in graph.edges)
    assert all(node.proof.evidence and node.row in graph.row_by_key for node in graph.nodes)
    assert all(key not in graph.before([key]) & (graph.after([key]) - {key}) for key in keys)
    assert len({row.key for row in graph.rows}) == len(graph.rows)


@given(towns())
@settings(max_examples=40, deadline=None)
def test_a_line_runs_to_the_right_and_nothing_covers_anything(graph):
    layout = lineage.lay_out(graph)
    spots = layout.spots

    assert all(spots[edge.source].x < spots[edge.target].x for edge in graph.edges)
    assert all(spots[a.key].x <= spots[b.key].x for a, b in pairwise(graph.nodes))
    assert all(spot.x < layout.width and spot.y < layout.height for spot in spots.values())
    for row in graph.rows:
        xs = sorted(spot.x for spot in spots.values() if spot.node.row == row.key)
        assert all(b - a >= layout.sheet.mark for a, b in pairwise(xs))


@given(towns(), st.integers(0, 40))
@settings(max_examples=20, deadline=None)
def test_what_is_around_a_mark_is_a_part_of_the_whole(graph, place):
    one = graph.nodes[place % len(graph.nodes)]

    part = graph.around([one.key])

    assert set(part.by_key) <= set(graph.by_key)
    assert one.key in part.by_key
    assert {row.key for row in part.rows} == {node.row for node in part.nodes}


def test_a_link_whose_days_run_backward_is_told_and_not_drawn():
    early, late = (Trip(pk=n, number=f"T{n}", title="架空", opened_on=date(2026, n, 1)) for n in (1, 2))
    build = Builder([early, late], {})

    build.links([Link(pk=1, parent=late, child=early, reason="逆", linked_on=date(2026, 3, 1))])

    assert build.graph().edges == []
    assert build.graph().lost == ["T2 → T1　逆"]


def test_an_event_that_brought_something_wears_the_mark_of_it():
    trip = Trip(pk=1, number="TRIP-0.0", title="架空", opened_on=date(2015, 4, 1), is_history=True)
    event = Event(pk=1, trip=trip, on=date(2016, 1, 1), text="始める", precision="month")
    told = {"trip": trip, "on": event.on, "event": event, "evidence": "資料", "said_by": "架空課"}
    build = Builder([trip], {})

    build.story(
        [event],
        [Result(pk=1, kind="latent", text="種", **told), Result(pk=2, kind="direct", text="便", **told)],
    )

    (node,) = build.graph().nodes
    assert node.mark == Mark.DIRECT
    assert node.more == ("直接：便（資料、架空課）", "潜在：種（資料、架空課）")


def test_a_guess_says_that_it_is_one():
    trip = Trip(pk=1, number="TRIP-0.0", title="架空", opened_on=date(2015, 4, 1), is_history=True)
    first, then = (Event(pk=n, trip=trip, on=date(2016, n, 1), text="こと", source="資料") for n in (1, 2))
    build = Builder([trip], {})
    build.story([first, then], [])

    build.event_links([EventLink(source=first, target=then, evidence="そう見える", is_guess=True)])

    (edge,) = build.graph().edges
    assert (edge.is_guess, edge.record.evidence) == (True, GUESS)


# --- the picture -------------------------------------------------------------------


@given(towns())
@settings(max_examples=20, deadline=None)
def test_the_picture_is_well_formed_and_holds_every_mark_with_its_number(graph):
    drawn = lineage.svg(lineage.lay_out(graph), lambda key: f"?at={key}&x", chosen=graph.nodes[-1].key)

    tree = ElementTree.fromstring(drawn)
    marks = [a for a in tree.iter() if a.tag.endswith("}a")]
    assert [a.get("data-key") for a in marks] == [node.key for node in graph.nodes]
    assert [a.get("aria-current") for a in marks if a.get("aria-current")] == ["true"]
    assert " style=" not in drawn


@pytest.mark.parametrize("words", ["<script>", 'a"b', "\x00制御", "長い" * 200])
def test_no_words_end_the_picture(words):
    trip = Trip(pk=1, number="TRIP-R8-01", title=words, opened_on=date(2026, 4, 1))

    drawn = lineage.svg(lineage.lay_out(Builder([trip], {}).graph()), lambda key: "?")

    ElementTree.fromstring(drawn)

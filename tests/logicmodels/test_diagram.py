"""The picture holds for any model: nothing lost, nothing overlapping, the same every time."""

from dataclasses import replace
from itertools import chain, combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from logicmodels import content
from logicmodels.diagram import BESIDE, NARROW, PAPER, SCREEN, draw, lay_out, tidied
from logicmodels.diagram.layout import crossings
from logicmodels.paper import CROWDED
from tests import make_logicmodels as make

MANY = settings(max_examples=60, deadline=None)
CROWDED_PAPER = replace(PAPER, **CROWDED)
SHEETS = [PAPER, CROWDED_PAPER, SCREEN, BESIDE, NARROW]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("sheet", [PAPER, SCREEN])
@given(given_content=make.any_content())
@MANY
def test_no_node_and_no_arrow_is_lost(sheet, given_content):
    picture = lay_out(given_content, sheet)

    assert [box.node for box in picture.boxes] == list(chain(*content.columns(given_content)))
    assert [track.arrow for track in picture.tracks] == given_content["arrows"]
    assert all(track.path for track in picture.tracks)


@pytest.mark.parametrize("sheet", SHEETS)
@given(given_content=make.any_content())
@MANY
def test_no_box_overlaps_another_and_all_lie_in_the_picture(sheet, given_content):
    picture = lay_out(given_content, sheet)

    for a, b in combinations(picture.boxes, 2):
        assert a.column != b.column or a.bottom <= b.top - 1 or b.bottom <= a.top - 1
    assert all(sheet.top <= box.top and box.bottom <= picture.height for box in picture.boxes)


@pytest.mark.parametrize("sheet", SHEETS)
@given(given_content=make.any_content())
@MANY
def test_no_arrow_runs_through_a_box(sheet, given_content):
    picture = lay_out(given_content, sheet)

    for track in picture.tracks:
        for x, y in _between(track.samples):
            assert not any(_inside(box, x, y, picture.sheet) for box in picture.boxes)


@given(given_content=make.any_content())
@MANY
def test_the_same_content_gives_the_same_picture(given_content):
    assert draw(lay_out(given_content)) == draw(lay_out(given_content))
    assert tidied(given_content) == tidied(given_content)


@given(given_content=make.any_content())
@MANY
def test_tidying_changes_the_order_only_and_never_crosses_more(given_content):
    tidy = tidied(given_content)

    assert sorted(tidy["nodes"], key=str) == sorted(given_content["nodes"], key=str)
    assert tidy | {"nodes": []} == given_content | {"nodes": []}
    assert crossings(tidy) <= crossings(given_content)


@given(given_content=make.any_content())
@MANY
def test_the_picture_is_well_formed_and_says_every_word(given_content):
    drawn = ElementTree.fromstring(draw(lay_out(given_content)))

    said = "".join("".join(text.itertext()) for text in drawn.iter(f"{SVG}text"))
    assert not any({"style", "id", "class"} & set(element.attrib) for element in drawn.iter())
    assert all(node["text"].replace(" ", "") in said.replace(" ", "") for node in given_content["nodes"])


@pytest.mark.parametrize(("name", "fewest"), [("trip00", 6), ("desk", 0)])
def test_the_demo_models_cross_as_little_as_known(name, fewest):
    assert crossings(make.demo(name)) == fewest


@pytest.mark.parametrize("seed", range(4))
def test_a_tidied_random_model_of_44_arrows_crosses_at_most_25_times(seed):
    typed = make.random_model(25, 44, seed=seed, is_long=False)

    tidy = tidied(typed)

    assert crossings(tidy) <= 25


def test_tidying_takes_away_most_crossings_of_the_order_as_typed():
    demo = [make.shuffled(make.demo(name), seed) for name in ("trip00", "desk") for seed in range(5)]
    typed = [*demo, *(make.random_model(25, 44, seed=seed) for seed in range(6))]

    naive, tidy = ([crossings(one) for one in each] for each in (typed, map(tidied, typed)))

    print(f"arrows crossing: demo {sum(naive[:10])} → {sum(tidy[:10])}, ", end="")
    print(f"random {sum(naive[10:])} → {sum(tidy[10:])}")
    assert sum(tidy[:10]) <= 0.25 * sum(naive[:10])
    assert sum(tidy[10:]) <= 0.6 * sum(naive[10:])


def test_the_narrow_picture_fits_the_column_of_a_form():
    assert NARROW.width <= 720


def test_a_chosen_box_stands_out_and_every_box_leads_to_its_form():
    drawn = draw(lay_out(make.sound()), link=lambda node_id: f"nodes/{node_id}/", chosen="short")

    assert drawn.count("<a href=") == 7
    assert 'href="nodes/short/"' in drawn
    assert drawn.count('stroke="#0017c1"') == 3  # the box and its two arrows


def _between(samples):
    """Points strictly between the first and the last: an arrow may touch the boxes it joins."""
    for (x0, y0), (x1, y1) in pairwise(samples):
        yield (x0 + x1) / 2, (y0 + y1) / 2


def _inside(box, x, y, sheet):
    return sheet.left(box.column) + 1 < x < sheet.right(box.column) - 1 and box.top - 1 < y < box.bottom + 1

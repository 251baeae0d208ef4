"""A box goes to another place: step by step, or before another box of any column."""

import re

import pytest
from django.urls import reverse

from cityhall.refusal import NotAllowed
from logicmodels import content, services
from tests import make
from tests import make_logicmodels as lm

pytestmark = pytest.mark.django_db


def ids(draft):
    return [[node["id"] for node in column] for column in content.columns(draft.as_content())]


@pytest.mark.parametrize(
    ("ways", "first", "second"),
    [
        (["up"], ["cook", "input"], ["activity"]),
        (["up", "down"], ["input", "cook"], ["activity"]),
        (["right"], ["input"], ["activity", "cook"]),
        (["up", "right"], ["input"], ["cook", "activity"]),
        (["right", "left"], ["input", "cook"], ["activity"]),
    ],
)
def test_a_box_goes_step_by_step_within_its_column_and_to_the_next(ways, first, second):
    draft, desk = lm.model(), make.desk()

    for way in ways:
        services.step_node(lm.node(draft, "cook"), by=desk, way=way)

    assert ids(draft)[:2] == [first, second]


@pytest.mark.parametrize(
    ("key", "way"), [("input", "up"), ("cook", "down"), ("cook", "left"), ("impact", "right")]
)
def test_a_step_to_where_nothing_is_is_refused_and_nothing_to_undo(key, way):
    draft, desk = lm.model(), make.desk()
    before = draft.earlier.count()

    with pytest.raises(NotAllowed, match="これより先へは"):
        services.step_node(lm.node(draft, key), by=desk, way=way)

    assert draft.earlier.count() == before


def test_a_box_is_put_before_another_or_at_the_foot_and_brings_no_side_along():
    draft, desk = lm.model(), make.desk()

    services.move_node(lm.node(draft, "cook"), by=desk, column="activity", before="activity")
    services.move_node(lm.node(draft, "short"), by=desk, column="mid", before="gone")

    assert ids(draft)[1:5] == [["cook", "activity"], ["output"], [], ["mid", "short"]]
    assert lm.node(draft, "cook").side == ""


@pytest.mark.parametrize("told", [{"way": "sideways"}, {"column": "goal"}, {}])
def test_a_box_is_not_moved_to_where_no_place_is(client, desk, told):
    draft = lm.model(by=desk)
    before = draft.as_content()
    address = reverse("logicmodels:move_node", args=[draft.number, "cook"])

    answer = client.post(address, told | {"version": draft.version}, follow=True)

    assert re.search("向きが分かりません|列を選んで", answer.content.decode())
    assert draft.as_content() == before

"""What changed between two states: boxes and arrows that came, went or were changed, in words."""

import pytest
from hypothesis import given

from logicmodels.comparing import compare
from tests import make_logicmodels as lm


def changed(**parts):
    before = lm.sound()
    return {one.title: one for one in compare(before, lm.content.clean(before | parts))}


def without(content, key):
    nodes = [node for node in content["nodes"] if node["id"] != key]
    arrows = [arrow for arrow in content["arrows"] if key not in (arrow["from"], arrow["to"])]
    return {"nodes": nodes, "arrows": arrows}


def test_a_box_and_its_arrow_that_went_are_named():
    told = changed(**without(lm.sound(), "cook"))

    assert told["箱"].went == ["1-2 料理をつくる人"]
    assert told["矢印"].went == ["1-2 料理をつくる人 → 2-1 毎月の食事会"]
    assert not told["箱"].came


def test_other_words_of_a_box_stand_before_and_after():
    nodes = [
        node | ({"text": "毎週の食事会"} if node["id"] == "activity" else {}) for node in lm.sound()["nodes"]
    ]

    told = changed(nodes=nodes)

    assert told["箱"].changed == [("2-1 毎週の食事会", [("言葉", "毎月の食事会", "毎週の食事会")])]


def test_another_grade_of_an_arrow_is_told_in_words():
    arrows = [
        arrow | {"evidence": "D"} if arrow["from"] == "cook" else arrow for arrow in lm.sound()["arrows"]
    ]

    [(way, told)] = changed(arrows=arrows)["矢印"].changed

    assert way == "1-2 料理をつくる人 → 2-1 毎月の食事会"
    assert told == [("根拠", "C 現場の経験", "D 仮説（これから確かめる）")]


@pytest.mark.parametrize(
    ("part", "title", "line"),
    [
        ("assumptions", "前提", "場所がある"),
        ("external_factors", "外からの影響", "雪"),
        ("negative_effects", "起きうる良くないこと", "騒がしくなる"),
    ],
)
def test_what_the_chain_rests_on_is_compared_line_by_line(part, title, line):
    told = changed(**{part: [line]})[title]

    assert told.came == [line]
    assert len(told.went) == 1


@given(lm.any_content())
def test_nothing_differs_from_itself(content):
    assert compare(content, content) == []

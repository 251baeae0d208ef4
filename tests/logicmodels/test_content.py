"""The one shape of content: what is refused, and where."""

import pytest
from hypothesis import given, settings

from logicmodels.content import BadContent, canonical, clean, digest, numbers
from tests import make_logicmodels as make


@given(given_content=make.any_content())
@settings(max_examples=60, deadline=None)
def test_clean_content_stays_as_it_is(given_content):
    assert clean(given_content) == given_content
    assert digest(clean(given_content)) == digest(given_content)


def test_numbers_count_down_each_column():
    given = numbers(make.sound())

    assert [given[i] for i in ("input", "cook", "activity", "impact")] == ["1-1", "1-2", "2-1", "6-1"]


def test_the_order_of_keys_does_not_change_the_canonical_text():
    shuffled = dict(reversed(make.sound().items()))

    assert canonical(shuffled) == canonical(make.sound())


def test_an_assumption_may_be_a_plain_sentence():
    cleaned = clean({"assumptions": ["毎月ひらける"]})

    assert cleaned["assumptions"] == [{"text": "毎月ひらける", "from": "", "to": "", "check_on": ""}]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ([], "全体: { } の形で書いてください"),
        ({"colour": "red"}, "全体.colour: 知らない見出しです"),
        ({"title": 1}, "title: 文字で書いてください"),
        ({"nodes": {}}, "nodes: [ ] の形で書いてください"),
        ({"nodes": [{"id": "a", "column": "goal"}]},
         "nodes[0].column: input・activity・output・short・mid・impact のどれかにしてください"),
        ({"nodes": [{"id": "", "column": "input"}]}, "nodes[0].id: 空です"),
        ({"nodes": [{"id": "a/b", "column": "input"}]}, "nodes[0].id: 半角の英数字と - _ で書いてください"),
        ({"nodes": [{"id": "a", "column": "input"}] * 2}, "nodes: 同じ id が二つあります"),
        ({"nodes": [{"id": "a", "column": "input", "text": "長" * 201}]},
         "nodes[0].text: 200字までです（201字あります）"),
        ({"nodes": [{"id": "a", "column": "input", "indicators": [{"size": "1"}]}]},
         "nodes[0].indicators[0].size: 知らない見出しです"),
        ({"arrows": [{"from": "a", "to": "b"}]}, "arrows[0].from: 「a」という id の箱がありません"),
        ({"nodes": [{"id": "a", "column": "input"}], "arrows": [{"from": "a", "to": "a"}]},
         "arrows[0]: 自分へ向かう矢印は引けません"),
        ({"external_factors": ["\x07"]},
         "external_factors[0]: 目に見えない制御文字（U+0007）があります。消してください。"),
        ({"assumptions": [{"text": "前提", "check_on": "9月"}]},
         "assumptions[0].check_on: 2026-09-30 の形で書いてください"),
    ],
)  # fmt: skip
def test_bad_content_is_refused_with_its_place(raw, message):
    with pytest.raises(BadContent) as refused:
        clean(raw)

    assert str(refused.value) == message


def test_content_too_large_to_print_is_refused():
    long = make.INDICATOR | {"name": "長" * 200, "target": "長" * 200, "source": "長" * 200}
    nodes = [{"id": f"n{i}", "column": "mid", "indicators": [long] * 10} for i in range(40)]

    with pytest.raises(BadContent, match="分けてください"):
        clean({"nodes": nodes})

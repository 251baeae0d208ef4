"""Lines of Japanese: between phrases, even, and never against kinsoku."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cityhall.line_breaks import NEVER_FIRST, NEVER_LAST, break_lines
from cityhall.measure import width
from tests.make_logicmodels import TEXTS

PHRASES = st.sampled_from(
    ["住まいに困る人が、", "「座間モデル」としての", "（非営利・企業行政・学会）", "ローラー訪問を", "地域が"]
)


def test_a_short_text_stays_on_one_line():
    assert break_lines("本市の強み", 147, 15) == ("本市の強み",)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一時生活支援・地域居住支援が事業になる", ("一時生活支援・", "地域居住支援が", "事業になる")),
        ("つなぎ先を知る不動産会社が増える", ("つなぎ先を知る", "不動産会社が増える")),
        (
            "地域魅力の向上(関係人口・企業投資の呼び込み)",
            ("地域魅力の向上", "(関係人口・", "企業投資の呼び込み)"),
        ),
        ("担当者の多分野の実務経験", ("担当者の", "多分野の実務経験")),
    ],
)
def test_lines_end_between_phrases_and_are_even(text, lines):
    assert break_lines(text, 150, 15, True) == lines


def test_a_word_longer_than_the_box_is_broken_inside():
    lines = break_lines("https://example.jp/" + "a" * 60, 147, 15)

    assert "".join(lines) == "https://example.jp/" + "a" * 60
    assert all(width(line, 15) <= 147 for line in lines)


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_line_is_wider_than_the_room_and_no_sign_is_lost(text):
    lines = break_lines(text, 147, 15)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 15) <= 147 for line in lines)


@given(phrases=st.lists(PHRASES, min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_line_begins_or_ends_against_kinsoku(phrases):
    lines = break_lines("".join(phrases), 130, 15)

    assert not any(line[0] in NEVER_FIRST or line[-1] in NEVER_LAST for line in lines)

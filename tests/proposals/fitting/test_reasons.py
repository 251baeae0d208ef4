"""A reason is a sentence one can check: escaped, with the words that met marked, ordered by one table."""

import pytest

from proposals import marks
from proposals.fitting.reasons import WEIGHTS, Candidate, Word, hits, marked, ordered, reason
from proposals.fitting.wish import asked_for, days_in

MARK = '<b class="z-hit">{}</b>'


def test_every_reason_begins_with_one_of_three_words():
    assert {word for word, _ in WEIGHTS.values()} == set(Word) == {"合う", "記録", "未確認"}


def test_nothing_unsettled_moves_anybody_forward():
    assert all(weight <= 0 for word, weight in WEIGHTS.values() if word == Word.UNSURE)


def test_words_that_met_are_marked_and_all_else_is_escaped():
    text = str(marked("<b>宿題</b>を見る人", ["宿題"]))

    assert text == f"&lt;b&gt;{MARK.format('宿題')}&lt;/b&gt;を見る人"
    assert str(hits(["<i>", "食材"])) == f"{MARK.format('&lt;i&gt;')}・{MARK.format('食材')}"
    assert str(marked("a<b", [])) == "a&lt;b"


def test_what_is_put_into_a_sentence_is_escaped():
    assert reason("capacity", "受けられる数（{}）。", "<script>").text == "受けられる数（&lt;script&gt;）。"


def candidate(name, *reasons):
    return Candidate(name, [reason(kind, "架空") for kind in reasons])


def test_the_order_comes_from_the_reasons_and_then_from_the_name():
    found = ordered(
        [candidate("い", "words"), candidate("ろ", "words"), candidate("は", "answers_wish", "words")]
    )

    assert [one.subject for one in found] == ["は", "い", "ろ"]


@pytest.mark.parametrize("faint", [["form"], ["days", "place"], ["stale"], []])
def test_one_faint_agreement_makes_no_candidate(faint):
    assert ordered([candidate("架空の会", *faint)]) == []


def test_the_reasons_of_one_stand_in_the_order_of_their_words():
    (found,) = ordered([candidate("架空の会", "stale", "went_on", "answers_wish")])

    assert [one.word.value for one in found.reasons] == ["合う", "記録", "未確認"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("学習支援と食材の運搬", ["学習", "食材", "運搬"]),
        ("食材運搬", ["食材", "運搬"]),
        ("スマートフォンの使い方", ["スマートフォン"]),
        ("参加と開催", []),
    ],
)
def test_the_words_of_a_text_are_pairs_of_kanji_and_whole_katakana_words(text, found):
    assert list(marks.words_of(text).values()) == found


def test_a_strength_has_marks_of_its_fields_forms_and_words_by_whether_it_is_in_the_town():
    told = {"activities": ["学習支援"], "forms": ["人が手伝う"], "told": ["宿題を見ます"]}

    assert {"a学習支援", "f人が手伝う", "w宿題"} <= marks.of_strength(areas=["座間市"], **told)
    assert "b学習支援" in marks.of_strength(areas=["海老名市"], **told)


@pytest.mark.parametrize(
    ("text", "days"),
    [("火・木曜の夕方", {"火", "木"}), ("土日", {"土", "日"}), ("平日の昼", set()), ("休日と月末", set())],
)
def test_days_of_the_week_are_read(text, days):
    assert days_in(text) == days


def test_what_is_brought_is_found_among_what_is_asked_for():
    assert asked_for("場所", "静かな部屋、机") == "部屋"
    assert asked_for("資金", "静かな部屋、机") == ""

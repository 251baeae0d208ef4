"""Two versions of a proposal, field by field: what was added, what is gone, what stayed."""

from datetime import date

import pytest

from proposals.differences import changed, differences, marked
from proposals.models import Submission

WORDS = {"title": "架空の夕食宅配", "overview": "週に2日、17時から届けます。", "fields": ["福祉・健康"]}


def version(**fields):
    return Submission(organization_name="架空配送", **{**WORDS, **fields})


def told(before, after, **options):
    return {row.term: row.words for row in differences(before, after, **options) if row.is_changed}


def test_a_sentence_says_which_phrase_changed():
    found = marked("週に2日、17時から届けます。", "週に3日、17時から届けます。")

    assert found == [("same", "週に"), ("gone", "2日、"), ("added", "3日、"), ("same", "17時から届けます。")]


def test_the_marked_words_give_back_both_texts():
    before, after = "一行目。\n二行目、続き\n", "二行目、その続き。\n三行目"

    found = marked(before, after)

    assert "".join(words for kind, words in found if kind != "added") == before
    assert "".join(words for kind, words in found if kind != "gone") == after


def test_a_list_says_which_of_its_words_came_and_went():
    found = told(version(fields=["環境", "防災・安全"]), version(fields=["環境", "産業・にぎわい"]))

    assert found == {"分野": [("same", "環境　"), ("gone", "防災・安全　"), ("added", "産業・にぎわい　")]}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"cost": "none"}, {"cost": "yes"}, [("gone", "なし"), ("added", "あり")]),
        ({"cost_amount": None}, {"cost_amount": 500_000}, [("added", "500,000円")]),
        ({"cost_amount": 0}, {"cost_amount": None}, [("gone", "0円")]),
        ({"wished_month": date(2027, 4, 1)}, {"wished_month": None}, [("gone", "2027年4月")]),
        ({"measures": ""}, {"measures": "数えます。"}, [("added", "数えます。")]),
        ({"measures": "数えます。"}, {"measures": ""}, [("gone", "数えます。")]),
    ],
)
def test_each_kind_of_column_speaks_as_the_form_does(before, after, words):
    found = told(version(**before), version(**after))

    assert list(found.values()) == [words]


def test_what_stayed_is_there_unmarked_and_what_is_empty_in_both_is_left_out():
    found = differences(version(), version(title="架空の朝食宅配"))

    assert [(row.term, row.is_changed) for row in found] == [
        ("団体名", False),
        ("件名", True),
        ("概要", False),
        ("分野", False),
    ]


def test_the_first_version_has_everything_added():
    found = differences(None, version())

    assert {kind for row in found for kind, _ in row.words} == {"added"}


def test_a_reader_may_be_spared_a_field():
    rows = differences(None, version(representative="架空 太郎"), leaving_out={"representative"})

    assert "代表者 職・氏名" not in [row.term for row in rows]


def test_the_changed_columns_are_named():
    assert changed(version(), {"title": "別の名前", "overview": WORDS["overview"], "measures": ""}) == [
        "title"
    ]
    assert changed(version(), {}) == []


def test_marks_of_a_text_without_any_phrase_and_of_signs_nobody_reads():
    assert marked("", "") == []
    assert marked("<del>", "<ins>") == [("gone", "<del>"), ("added", "<ins>")]
    assert marked("。。。\n\n", "。。。\n\n") == [("same", "。。。\n\n")]

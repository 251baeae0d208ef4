"""Cases that are like a case: found by organisation, name and words, each with its reason, none too many."""

from datetime import date
from difflib import SequenceMatcher

import pytest

from proposals.services import intake
from proposals.similar import NEAR, likeness, phrases, score, similar, telling
from proposals.workflow import Step
from tests import make
from tests.proposals.similar_cases import CASES, HELD_OUT

SHOWN = 3


def shown(of, among, measure, bar):
    near = sorted(((measure(of, other), other) for other in among if other is not of), key=lambda p: -p[0])
    return [other for value, other in near[:SHOWN] if value >= bar]


def found_and_wrong(cases, measure, bar):
    """How many of the pairs are found, and how many strangers are shown beside them."""
    found = wrong = 0
    for case in cases:
        twins = [c for c in cases if c is not case and c[0] == case[0] != "alone"]
        rows = shown(case, cases, measure, bar)
        found += sum(twin in rows for twin in twins)
        wrong += sum(row not in twins for row in rows)
    return found, wrong


def ours(one, other):
    return score(one[1], one[2], other[1], other[2])


def plain(one, other):
    return SequenceMatcher(None, one[1], other[1]).ratio()


@pytest.mark.parametrize(
    ("cases", "found", "wrong", "baseline"),
    [(CASES, 14, 0, (14, 6)), (HELD_OUT, 8, 4, (4, 4))],
    ids=["the set", "held out"],
)
def test_pairs_are_found_that_plain_titles_miss_or_bury(cases, found, wrong, baseline):
    assert found_and_wrong(cases, ours, NEAR) == (found, wrong)
    assert found_and_wrong(cases, plain, 0.3) == baseline


@pytest.mark.parametrize(
    ("one", "other", "value"), [("夕食の宅配", "夕食の宅配", 1), ("夕食の宅配", "猫の手術", 0), ("", "猫", 0)]
)
def test_the_same_words_are_one_and_strangers_nothing(one, other, value):
    assert likeness(one, other) == pytest.approx(value)


def test_widths_and_ways_to_write_children_are_one():
    assert likeness("こども食堂ﾌﾟﾗﾝ", "子ども食堂プラン") == pytest.approx(1)


def test_telling_words_leave_out_what_every_second_proposal_speaks_of():
    assert telling("市内の高齢者に夕食を宅配する提案") == ["夕食", "宅配"]


def test_a_phrase_begins_where_a_word_begins():
    assert phrases("プログラミングの授業", "スイミングの授業") == ["授業"]


# --- of a case --------------------------------------------------------------


def reasons(case):
    return {one.case.title: one.reasons for one in similar(case)}


@pytest.mark.django_db
@pytest.mark.both
def test_a_case_with_words_in_common_says_which():
    case = make.submission(title=CASES[0][1], overview=CASES[0][2])
    make.submission(title=CASES[1][1], overview=CASES[1][2])
    make.submission(title="猫の手術", overview="猫の手術を割引で引き受けます。")

    assert reasons(case) == {CASES[1][1]: ["件名が似ています：見守"]}


@pytest.mark.django_db
@pytest.mark.both
def test_the_organisation_its_namesake_and_its_reading_are_told():
    told = {"kana": "ミホンハイソウ"}
    of = {
        "同じ団体": {"name": "架空見本配送株式会社", **told},
        "同じ名": {"name": "㈱架空見本配送", "kind": "npo"},
        "同じ読み": {"name": "架空みほん配送", **told},
        "ほか": {"name": "架空の別の会社"},
    }
    case = entered("もとの案件", "架空見本配送株式会社", **told)
    for title, fields in of.items():
        entered(title, **fields)

    assert reasons(case) == {
        "同じ団体": ["団体が同じです"],
        "同じ名": ["団体名が同じです：㈱架空見本配送"],
        "同じ読み": ["団体名の読みが同じです：架空みほん配送"],
    }


def entered(title, name, kind="company", **fields):
    organization = {"name": name, "kind": kind, **fields}
    return intake.enter(
        {"title": title},
        by=make.desk(),
        organization=organization,
        track="consultation",
        first_contact_on=date(2026, 4, 1),
    )


@pytest.mark.django_db
@pytest.mark.both
def test_it_costs_one_statement_whatever_the_number_of_cases(django_assert_num_queries):
    case = make.submission(title=CASES[0][1], overview=CASES[0][2])
    for title, overview in [(row[1], row[2]) for row in CASES[1:4]]:
        make.submission(title=title, overview=overview)

    with django_assert_num_queries(1):
        similar(case, CASES[0][2])
    for _ in range(10):
        make.submission(title=CASES[1][1], overview=CASES[1][2])
    with django_assert_num_queries(1):
        found = similar(case, CASES[0][2])

    assert len(found) == 5


@pytest.mark.django_db
def test_a_case_alone_is_like_none():
    assert similar(make.submission()) == []


# --- told on arrival ----------------------------------------------------------


@pytest.mark.django_db
def test_the_desk_is_told_after_a_call_is_keyed_in_and_when_a_case_is_the_first_thing(client):
    client.force_login(make.desk())
    known = make.submission(title=CASES[0][1], overview=CASES[0][2])
    told = {
        "track": "consultation",
        "first_contact_on": "2026-11-02",
        "organization_name": "架空の電話の会社",
        "organization_kind": "company",
        "title": CASES[0][1],
        "overview": CASES[0][2],
    }

    page = client.post("/admin/proposals/proposal/add/", told, follow=True)

    assert f"似ている案件があります：{known.number}（件名が同じです）" in page.text
    assert "似ている案件があります：" in client.get("/admin/").text


@pytest.mark.django_db
def test_the_page_of_a_fresh_case_shows_them_and_later_leads_to_them(client):
    desk = make.desk()
    client.force_login(desk)
    known = make.submission(title=CASES[0][1], overview=CASES[0][2])
    case = make.proposal(Step.SORTING, by=desk, title=CASES[1][1], overview=CASES[1][2])
    later = make.proposal(Step.HEARING, by=desk, title=CASES[1][1], overview=CASES[1][2])
    shown = [client.get(f"/admin/proposals/proposal/{c.number}/change/").text for c in (case, later)]

    assert [f"?into={known.number}" in page for page in shown] == [True, False]
    assert "似ている案件をさがす・まとめる" in shown[1]

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.forms import words
from proposals.forms.propose import CONFIRM, FORMS, Whole, steps
from proposals.models import Draft, Theme, Track
from tests import make
from tests.make_public import CONSULTATION, PROPOSAL, answers

pytestmark = pytest.mark.django_db


def parts(base=CONSULTATION, **changes):
    given = answers(base, **changes)
    return [form(given, track=base["track"]) for form in FORMS.values()]


def errors(base=CONSULTATION, **changes):
    return {name: list(said) for form in parts(base, **changes) for name, said in form.errors.items()}


def columns(base=CONSULTATION, **changes):
    whole = Whole(Draft(track=base["track"], answers=answers(base, **changes)))
    agreement = FORMS[CONFIRM](answers(base, **changes), track=base["track"])
    assert agreement.is_valid() and whole.is_valid, whole.wrong(agreement)
    return whole.columns(agreement)


def open_theme():
    return make_theme(title="夏休みに、昼食をひとりで食べるこどもがいる")


def make_theme(**fields):
    return Theme.objects.create(
        department=make.department("こども家庭課"), published_on=timezone.localdate(), **fields
    )


@pytest.mark.parametrize("base", [CONSULTATION, PROPOSAL])
def test_what_either_track_asks_is_enough(base):
    assert errors(base) == {}


def test_a_consultation_asks_for_seventeen_things():
    asked = [n for form in parts() for n, field in form.fields.items() if field.required]

    assert len(["track", *asked]) == 17


def test_each_required_answer_of_a_consultation_is_missed_when_empty():
    asked = [name for name in CONSULTATION if name != "track"]

    missed = {name for name in asked if name in errors(**{name: ""})}

    assert missed == set(asked)


def test_each_required_answer_of_a_proposal_is_missed_when_empty():
    asked = set(PROPOSAL) - set(CONSULTATION)

    missed = {name for name in asked if name in errors(PROPOSAL, **{name: []})}

    assert missed == asked


def test_what_a_consultation_does_not_ask_is_neither_checked_nor_taken_in():
    taken = columns(problem="短い", postal_code="x")

    assert ("problem" in taken["words"], "postal_code" in taken["organization"]) == (False, False)


def test_a_consultation_goes_three_parts_and_a_proposal_four():
    ways = [[(s.place, s.number, s.state) for s in steps(track, 2)] for track in Track]

    assert ways == [
        [(1, 1, "done"), (2, 2, "now"), (3, 4, "later")],
        [(1, 1, "done"), (2, 2, "now"), (3, 3, "later"), (4, 4, "later")],
    ]


def test_the_two_addresses_must_be_equal():
    assert errors(email_again="chigau@example.jp") == {
        "email_again": ["上のメールアドレスと違っています。どちらかを直してください。"]
    }


def test_full_width_letters_in_codes_are_read():
    taken = columns(
        PROPOSAL,
        email="ｒｅｎｋｅｉ＠ｅｘａｍｐｌｅ．ｊｐ",
        phone="０４６−２５２−７９６６",
        postal_code="２５２８５６６",
        corporate_number="３０００−０２０１４１−００３",
    )

    assert (taken["contact"]["email"], taken["contact"]["phone"]) == ("renkei@example.jp", "046-252-7966")
    assert taken["organization"]["postal_code"] == "252-8566"
    assert taken["organization"]["corporate_number"] == "3000020141003"


def test_kana_is_folded_into_the_kind_asked_for():
    taken = columns(organization_kana="ｶｸｳしょてん", contact_kana="カクウ ハナコ")

    assert (taken["organization"]["kana"], taken["contact"]["kana"]) == ("カクウショテン", "かくう はなこ")


def test_names_stay_as_typed():
    taken = columns(organization_name="㈱架空①", contact_name="髙﨑 𠮷子")

    assert (taken["organization"]["name"], taken["contact"]["name"]) == ("㈱架空①", "髙﨑 𠮷子")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "短い", "5字以上でお書きください（いま 2字）。"),
        ("title", "長" * 41, "1字ほど短くしてください。40字まで書けます。"),
        ("overview", "長" * 412, "12字ほど短くしてください。400字まで書けます。"),
        ("title", "改行\nのある件名", "改行は入れられません。1行で書いてください。"),
        (
            "organization_name",
            "化け\ufffd文字",
            "読めない文字（文字化け）があります。文字コードを確かめるか、打ち直してください。",
        ),
        ("overview", "制御\x01文字" * 9, "目に見えない制御文字（U+0001）があります。消してください。"),
        ("organization_kana", "KAKUU", "全角カタカナでお書きください。記号と数字は読みをお書きください。"),
        ("contact_kana", "架空", "ひらがなでお書きください。"),
        ("phone", "12345", "「12345」は電話番号として読めません。市外局番から書いてください。"),
        ("email", "renkei", "メールアドレスの形で書いてください（例 renkei@example.jp）。"),
    ],
)
def test_a_refusal_says_how_to_mend_it(name, value, sentence):
    assert errors(**{name: value})[name] == [sentence]


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"pledges": words.PLEDGES[1:]}, "pledges", "約束していただくことが1つ残っています。"),
        ({"pledges": []}, "pledges", "約束していただくことが5つ残っています。"),
        ({"sdgs": words.SDGS[:4]}, "sdgs", "3つまでにしてください。"),
        ({"nondisclosure": ["費用"]}, "nondisclosure_reason", "公開を望まない理由をお書きください。"),
        ({"answer_to": "theme"}, "theme", "答える困りごとを選んでください。"),
        (
            {"cost": "yes", "cost_amount": "たくさん"},
            "cost_amount",
            "金額を数字でお書きください（例 500000）。",
        ),
        ({"website": "ftp://example.jp/"}, "website", "https:// から始まる住所を書いてください。"),
    ],
)
def test_a_proposal_says_what_follows_from_an_answer(changes, name, sentence):
    assert errors(PROPOSAL, **changes) == {name: [sentence]}


def test_graphemes_are_counted_as_a_person_sees_them():
    assert errors(title="か\u3099" * 40) == {}


def test_an_open_theme_may_be_answered_and_a_closed_one_not():
    theme = open_theme()
    closed = make_theme(title="もう終わった困りごと", closes_on=timezone.localdate() - timedelta(days=1))

    answers = [errors(PROPOSAL, answer_to="theme", theme=t.number) for t in (theme, closed)]

    assert answers == [
        {},
        {"theme": ["この困りごとの募集は終わりました。ほかを選ぶか、自由な提案にしてください。"]},
    ]


@pytest.mark.parametrize(
    ("typed", "yen"), [("500000", 500_000), ("５０万円", 500_000), ("約 1,200,000円", 1_200_000), ("0", 0)]
)
def test_amounts_are_read_as_people_write_them(typed, yen):
    taken = columns(PROPOSAL, cost="yes", cost_amount=typed)

    assert taken["words"]["cost_amount"] == yen


@pytest.mark.parametrize(
    ("name", "typed"), [("cost_amount", "たくさん"), ("theme", "T-R8-99"), ("rights_note", "長" * 999)]
)
def test_what_no_answer_opens_is_neither_checked_nor_taken_in(name, typed):
    assert name not in columns(PROPOSAL, **{name: typed})["words"]


def test_versions_of_the_texts_agreed_to_are_taken_in():
    taken = columns(PROPOSAL)

    assert (taken["words"]["notices_version"], taken["words"]["pledges_version"]) == ("2026-04", "2026-04")
    assert taken["track"] == Track.PROPOSAL


def test_the_last_page_repeats_the_answers_in_words_and_says_what_is_empty():
    theme = open_theme()
    given = answers(PROPOSAL, answer_to="theme", theme=theme.number, cost="yes", cost_amount="５０万")

    told = {
        f["term"]: f for s in Whole(Draft(track="proposal", answers=given)).sections() for f in s["facts"]
    }

    assert told["提案の型"]["value"] == "市の困りごとに答える"
    assert told["どの困りごとに答えますか"]["value"] == f"{theme.title}（こども家庭課）"
    assert (told["概算額（円）"]["value"], told["市の費用負担"]["value"]) == ("500,000円", "あり")
    assert (told["電話番号"]["value"], told["貴団体が持ち寄るもの"]["value"]) == ("046-252-7966", "人、場所")
    assert (told["法人番号"]["value"], told["法人番号"]["blank"]) == ("", "記入なし（任意）")
    assert told["件名"]["url"] == "/propose/2/?back=confirm#id_title"
    assert "メールアドレス（確認）" not in told


def test_the_last_page_names_every_part_that_is_not_ready():
    given = answers(PROPOSAL, address="", overview="長" * 412, requests=[])
    whole = Whole(Draft(track="proposal", answers=given))

    wrong = whole.wrong(FORMS[CONFIRM](answers(PROPOSAL, notices=""), track="proposal"))

    assert [tuple(line.values()) for line in wrong] == [
        ("所在地をお書きください", "/propose/1/?back=confirm#id_address"),
        ("概要を400字までに短くしてください（いま 412字）", "/propose/2/?back=confirm#id_overview"),
        ("市にお願いしたいことを1つ以上選んでください", "/propose/3/?back=confirm#id_requests_0"),
        ("「提案の取り扱い（4つのお知らせ）を確認しました」に印をつけてください", "#id_notices"),
    ]
    assert whole.first_open() == 1

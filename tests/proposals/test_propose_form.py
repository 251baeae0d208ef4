from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.forms import stamps, words
from proposals.forms.propose import LATE, ProposeForm
from proposals.models import Theme, Track
from tests import make
from tests.make_public import CONSULTATION, PROPOSAL, sent

pytestmark = pytest.mark.django_db


def errors(base=CONSULTATION, **changes):
    return {name: list(found) for name, found in ProposeForm(sent(base, **changes)).errors.items()}


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
    asked = [name for name, field in ProposeForm().fields.items() if field.required]

    assert len(asked) == 17


def test_each_required_answer_of_a_consultation_is_missed_when_empty():
    asked = [name for name in CONSULTATION if name != "track"]

    missed = {name for name in asked if name in errors(**{name: ""})}

    assert missed == set(asked)


def test_each_required_answer_of_a_proposal_is_missed_when_empty():
    asked = set(PROPOSAL) - set(CONSULTATION)

    missed = {name for name in asked if name in errors(PROPOSAL, **{name: ""})}

    assert missed == asked


def test_without_a_track_only_what_both_ask_is_checked():
    assert errors(track="") == {"track": ["選んでください。"]}


def test_what_a_consultation_does_not_ask_is_neither_checked_nor_taken_in():
    form = ProposeForm(sent(problem="短い", postal_code="x"))

    assert form.is_valid()
    assert "problem" not in form.submission()


def test_the_two_addresses_must_be_equal():
    assert errors(email_again="chigau@example.jp") == {
        "email_again": ["上のメールアドレスと違っています。どちらかを直してください。"]
    }


def test_full_width_letters_in_codes_are_read():
    form = ProposeForm(
        sent(
            PROPOSAL,
            email="ｒｅｎｋｅｉ＠ｅｘａｍｐｌｅ．ｊｐ",
            phone="０４６−２５２−７９６６",
            postal_code="２５２８５６６",
            corporate_number="３０００−０２０１４１−００３",
        )
    )

    assert form.is_valid(), form.errors
    assert form.contact()["email"] == "renkei@example.jp"
    assert form.contact()["phone"] == "046-252-7966"
    assert form.organization()["postal_code"] == "252-8566"
    assert form.organization()["corporate_number"] == "3000020141003"


def test_kana_is_folded_into_the_kind_asked_for():
    form = ProposeForm(sent(organization_kana="ｶｸｳしょてん", contact_kana="カクウ ハナコ"))

    assert form.is_valid(), form.errors
    assert form.organization()["kana"] == "カクウショテン"
    assert form.contact()["kana"] == "かくう はなこ"


def test_names_stay_as_typed():
    form = ProposeForm(sent(organization_name="㈱架空①", contact_name="髙﨑 𠮷子"))

    assert form.is_valid(), form.errors
    assert (form.organization()["name"], form.contact()["name"]) == ("㈱架空①", "髙﨑 𠮷子")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "短い", "5字以上でお書きください（いま 2字）。"),
        ("title", "長" * 41, "1字ほど短くしてください。40字まで書けます（いま 41字）。"),
        ("overview", "長" * 412, "12字ほど短くしてください。400字まで書けます（いま 412字）。"),
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
        ({"cost_amount": "たくさん"}, "cost_amount", "金額を数字でお書きください（例 500000）。"),
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

    answers = [errors(PROPOSAL, answer_to="theme", theme=str(t.pk)) for t in (theme, closed)]

    assert answers == [{}, {"theme": ["その項目は選べません。下の中から選んでください。"]}]


@pytest.mark.parametrize(
    ("typed", "yen"), [("500000", 500_000), ("５０万円", 500_000), ("約 1,200,000円", 1_200_000), ("0", 0)]
)
def test_amounts_are_read_as_people_write_them(typed, yen):
    form = ProposeForm(sent(PROPOSAL, cost="yes", cost_amount=typed))

    assert form.is_valid(), form.errors
    assert form.submission()["cost_amount"] == yen


def test_versions_of_the_texts_agreed_to_are_taken_in():
    form = ProposeForm(sent(PROPOSAL))
    form.is_valid()

    taken = form.submission()

    assert (taken["notices_version"], taken["pledges_version"]) == ("2026-04", "2026-04")
    assert form.cleaned_data["track"] == Track.PROPOSAL


def test_a_form_without_our_stamp_is_shown_again_with_a_new_one():
    form = ProposeForm(sent(stamp="偽物"))

    assert form.non_field_errors() == [LATE]
    assert ProposeForm(form.data).is_valid()


@pytest.mark.parametrize(("changes", "is_doubtful"), [({}, False), ({"fax": "03-0000-0000"}, True)])
def test_whoever_fills_in_the_trap_is_doubtful(changes, is_doubtful):
    form = ProposeForm(sent(**changes))

    assert form.is_doubtful == is_doubtful


def test_whoever_answers_in_an_instant_is_doubtful():
    form = ProposeForm(sent(stamp=stamps.new()))

    assert form.is_doubtful

"""The つなぐシート on the section's page: read, answered, passed on, and answered by somebody else first."""

import pytest
from django.utils import timezone

from proposals.services import advance, hearings, triage
from tests import make, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department("こども家庭課")


@pytest.fixture
def member(section):
    return make.member(section)


@pytest.fixture
def head(section):
    return make.head(section)


@pytest.fixture
def case(section):
    return make_section.asked(section, make.department("生活支援課"))


def url(case, running=1):
    return f"/section/sheets/{case.number}/{running}/"


def send(person, case, go="", **typed):
    """What a page sends that somebody opened before anything was saved."""
    page = {"version": 0, "tellable": "named", "go": go}
    return make_section.visit(person).post(url(case), {**page, **typed})


def sheet_of(section, case):
    return case.hearings.get(department=section)


def test_the_sheet_shows_the_proposal_in_three_lines_and_why_it_comes_here(member, case):
    response = make_section.visit(member).get(url(case))

    words = response.content.decode()
    assert response.context["points"] == [
        "一人暮らしの高齢者が、夕方から翌朝まで誰とも話さない日が続いています。",
        "夕食を届けるときに声をかけ、様子が違えば決めた連絡先へ知らせます。",
        "市へのお願い：庁内・地域団体とのつなぎ",
    ]
    assert "同じ困りごとを担当しているため" in words
    assert f"{case.number}-1" in words


def test_the_desks_own_summary_comes_before_the_proposers_words(member, case):
    triage.summarise(case, by=make.desk(), summary="一行目\n\n二行目\n三行目\n四行目")

    response = make_section.visit(member).get(url(case))

    assert response.context["points"] == ["一行目", "二行目", "三行目"]


def test_an_answer_a_head_confirms_is_recorded_and_thanked_for(section, head, case):
    response = send(
        head,
        case,
        answer="yes",
        yes_text="11月に店を見に行く",
        own_trouble="居場所がない",
        tellable="unnamed",
        next_step="担当係が店を見に行く",
        next_when="11月中",
    )

    sheet = sheet_of(section, case)
    assert response.url == "/section/"
    assert (sheet.answer, sheet.answer_text, sheet.own_trouble) == (
        "yes",
        "11月に店を見に行く",
        "居場所がない",
    )
    assert (sheet.tellable, sheet.next_step, sheet.next_when) == (
        "unnamed",
        "担当係が店を見に行く",
        "11月中",
    )
    assert (sheet.answered_by, sheet.answered_on) == (head, timezone.localdate())


def test_only_the_words_of_the_chosen_answer_are_recorded(section, head, case):
    send(
        head,
        case,
        answer="if",
        if_text="大人が2人",
        hard_text="迷った文",
        hard_when="来年",
        yes_text="別の文",
    )

    sheet = sheet_of(section, case)
    assert (sheet.answer, sheet.answer_text, sheet.possible_when) == ("if", "大人が2人", "")


def test_passing_on_asks_the_named_section_at_once(section, head, case):
    parks = make.department("公園緑政課")

    response = send(head, case, answer="other", other_section=parks.pk, other_text="公園の使用のため")

    passed = sheet_of(section, case).passed_to
    assert response.status_code == 302
    assert (passed.department, passed.reason, passed.is_open) == (parks, "公園の使用のため", True)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "answer", "選んでください。"),
        ({"answer": "if"}, "if_text", "そろえたい条件を書いてください。"),
        ({"answer": "other"}, "other_section", "「担当外」だけのお返事はできません。"),
        ({"answer": "hard", "hard_when": "来年度"}, "hard_text", "難しい理由を書いてください。"),
        (
            {"answer": "hard", "hard_text": "人がいない"},
            "hard_when",
            "いつなら考えられるかを書いてください。",
        ),
        ({"answer": "yes", "yes_text": "あ" * 801}, "yes_text", "1字ほど短くしてください。"),
        ({"answer": "if", "if_text": "\u200b "}, "if_text", "そろえたい条件を書いてください。"),
        ({"answer": "yes", "tellable": ""}, "tellable", "選んでください。"),
    ],
)
def test_what_is_missing_is_said_at_its_field(typed, field, sentence, section, member, case):
    response = send(member, case, **typed)

    assert sentence in response.context["form"].errors[field][0]
    assert sheet_of(section, case).is_open


def test_the_summary_says_each_thing_once(member, case):
    page = send(member, case, answer="hard").text

    summary = page.split('class="z-errors"')[1].split("</ul>")[0]
    assert "難しい理由を書いてください。" in summary
    assert "難しい理由：" not in summary


def test_the_own_section_cannot_be_named_as_the_one_to_pass_to(section, member, case):
    response = send(member, case, answer="other", other_section=section.pk)

    assert "other_section" in response.context["form"].errors


def test_typed_words_stay_when_something_is_missing(member, case):
    response = send(member, case, answer="hard", hard_text="人が足りません", own_trouble="夏休みの昼食")

    words = response.content.decode()
    assert "人が足りません" in words
    assert "夏休みの昼食" in words


def test_the_second_of_two_heads_reads_who_was_first_and_keeps_the_own_words(section, head, case):
    hearings.answer(sheet_of(section, case), by=head, answer="yes", text="先の返事")

    response = send(make.head(section), case, answer="hard", hard_text="後の返事", hard_when="来年")

    words = response.content.decode()
    assert response.status_code == 409
    assert f"先に{head.name}さんが返事をしました" in words
    assert "先の返事" in words
    assert "後の返事" in words
    assert sheet_of(section, case).answer == "yes"


def test_an_answer_to_a_sheet_the_desk_no_longer_waits_for_is_kept_on_the_page(section, member, case):
    hearings.waive(sheet_of(section, case), by=make.desk(), reason="年度末のため")

    response = send(member, case, answer="yes", yes_text="間に合わなかった文")

    words = response.content.decode()
    assert response.status_code == 409
    assert "返事を待たずに進めることにしました" in words
    assert "間に合わなかった文" in words


def test_a_closed_case_asks_for_no_answer(member, case):
    advance(case, "withdraw", by=make.desk(), note="提案者の申し出")

    read = make_section.visit(member).get(url(case))
    sent = send(member, case, answer="yes")

    assert "お返事は要りません" in read.content.decode()
    assert sent.status_code == 409


def test_other_sections_answers_stay_sealed_until_all_have_answered(member, case):
    other = make.department("生活支援課")
    hearings.answer(sheet_of(other, case), by=make.head(other), answer="if", text="日程が合えば")

    response = make_section.visit(member).get(url(case))

    words = response.content.decode()
    assert "返事済み" in words
    assert "日程が合えば" not in words

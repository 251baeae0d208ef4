"""The case as a section and a manager read it."""

import pytest
from django.utils import timezone

from proposals.models import Submission
from proposals.services import advance, hearings, moves
from tests import make, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department("こども家庭課")


@pytest.fixture
def other():
    return make.department("生活支援課")


def read(person, case):
    return make_section.visit(person).get(f"/section/cases/{case.number}/").content.decode()


def test_the_latest_words_are_shown(section):
    case = make_section.asked(section)
    Submission.objects.create(
        proposal=case, version=2, organization_name="架空", title=case.title, overview="書き直した概要"
    )

    words = read(make.member(section), case)

    assert "書き直した概要" in words


@pytest.mark.parametrize("maker", ["member", "manager"])
def test_nobodys_name_mail_or_telephone_is_shown(maker, section):
    case = make_section.asked(section, representative="代表 架空花子")
    reader = make.manager() if maker == "manager" else make.member(section)

    words = read(reader, case)

    assert [
        found for found in ("架空太郎", "kaku@example.com", "2527966", "架空花子") if found in words
    ] == []


def test_a_section_reads_another_answer_only_when_all_have_answered(section, other):
    case = make_section.asked(section, other)
    member = make.member(section)
    hearings.answer(
        case.hearings.get(department=other), by=make.head(other), answer="if", text="日程が合えば"
    )

    before = read(member, case)
    hearings.answer(case.hearings.get(department=section), by=make.head(section), answer="yes")
    after = read(member, case)

    assert "日程が合えば" not in before
    assert "全員の返事がそろってから見えます" in before
    assert "日程が合えば" in after


def test_a_manager_reads_answers_as_they_come(section, other):
    case = make_section.asked(section, other)
    hearings.answer(
        case.hearings.get(department=other), by=make.head(other), answer="if", text="日程が合えば"
    )

    words = read(make.manager(), case)

    assert "日程が合えば" in words


def test_the_trail_tells_moves_with_their_reasons_but_not_sealed_answers(section, other):
    case = make_section.asked(section, other)
    hearings.answer(
        case.hearings.get(department=other), by=make.head(other), answer="if", text="日程が合えば"
    )
    advance(make.reload(case), "back_to_sorting", by=make.desk(), note="概要を聞き直すため")

    words = read(make.member(section), case)

    assert "③関係課ヒアリング → ②内容整理　概要を聞き直すため" in words
    assert "生活支援課から返事がありました" in words
    assert "日程が合えば" not in words


def test_the_strip_names_the_sections_whose_answer_is_awaited(section, other):
    case = make_section.asked(section, other)

    response = make_section.visit(make.manager()).get(f"/section/cases/{case.number}/")

    assert response.context["strip"]["turn"] == "こども家庭課・生活支援課"


def test_a_closed_case_has_no_deadline(section):
    case = make_section.asked(section)
    moves.leave(case, "out_of_scope", by=make.desk(), note="営業のため", next_place="契約検査課")

    response = make_section.visit(make.member(section)).get(f"/section/cases/{case.number}/")

    assert response.context["strip"]["until"] == "期限はありません"


@pytest.mark.parametrize(("maker", "is_offered"), [("head", True), ("member", False)])
def test_only_the_head_is_offered_the_decision(maker, is_offered, section):
    case = make_section.to_decide(section)

    words = read(getattr(make, maker)(section), case)

    assert (f'/section/cases/{case.number}/decide/">判断する</a>' in words) == is_offered


def test_a_decision_and_its_conditions_are_shown(section):
    head = make.head(section)
    case = make_section.conditional(head, section)

    words = read(make.member(section), case)

    assert "条件付採用" in words
    assert "開始を5月以降とする（提案者" in words
    assert "（専決）" in words
    assert str(timezone.localdate().day) in words

"""A section reads what it asked of a proposer and what came back, and nothing of the rest of the talk."""

import pytest
import time_machine

from proposals.services import conversation
from proposals.workflow import Step
from tests import make, make_section
from tests.make_section import visit
from tests.make_talk import ask, reply

pytestmark = pytest.mark.django_db
ANSWER = "費用は団体が持ちます。"


@pytest.fixture
def desk():
    return make.desk()


def page_of(person, case):
    return visit(person).get(f"/section/cases/{case.number}/")


def test_a_section_reads_its_question_and_the_reply(desk):
    section = make.department("架空課")
    case = make_section.asked(section)
    ask(case, desk, text="費用はどちらが持ちますか。", department=section)

    waiting = page_of(make.member(section), case).text
    reply(case, ANSWER)
    answered = page_of(make.member(section), case).text

    assert "費用はどちらが持ちますか。" in waiting
    assert "返事を待っています" in waiting
    assert ANSWER in answered


def test_nobody_reads_another_sections_question_or_the_desks_own_talk(desk):
    asking, other = make.department("架空課"), make.department("架空のほかの課")
    case = make_section.asked(asking, other)
    ask(case, desk, text="費用はどちらが持ちますか。", department=asking)
    ask(case, desk, text="窓口からのお尋ねです。")
    reply(case, ANSWER)
    conversation.tell(case, by=desk, text="窓口からの連絡です。", key="told")

    seen = page_of(make.head(other), case).text
    own = page_of(make.head(asking), case).text

    assert [
        words for words in ("費用はどちら", "窓口からのお尋ね", ANSWER, "窓口からの連絡") if words in seen
    ] == []
    assert [words for words in ("窓口からのお尋ね", "窓口からの連絡") if words in own] == []


def test_managers_read_no_talk(desk):
    section = make.department("架空課")
    case = make_section.asked(section)
    ask(case, desk, text="費用はどちらが持ちますか。", department=section)

    assert "費用はどちらが持ちますか。" not in page_of(make.manager(), case).text


def test_what_the_desk_heard_by_telephone_is_the_answer(desk):
    section = make.department("架空課")
    case = make_section.asked(section)
    ask(case, desk, department=section)
    conversation.tell(case, by=desk, text="お電話で伺いました。月曜です。", key="told", is_settled=True)
    with time_machine.travel("2099-01-01"):
        reply(case, "あとから別のことを書きます。")

    page = page_of(make.member(section), case).text

    assert "お電話で伺いました。月曜です。" in page
    assert "あとから別のことを書きます。" not in page


def test_the_head_reads_them_before_deciding_and_the_latest_words(desk):
    section = make.department("架空課")
    case = make.proposal(Step.DECISION, by=desk, section=section)
    ask(case, desk, text="費用はどちらが持ちますか。", department=section)

    page = visit(make.head(section)).get(f"/section/cases/{case.number}/decide/").text

    assert "費用はどちらが持ちますか。" in page

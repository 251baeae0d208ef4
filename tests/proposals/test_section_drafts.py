"""How an answer comes about on the section's page: drafts, confirmation, what came of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import AnswerDraft
from proposals.services import advance, asking_for, hearings
from tests import make, make_section
from tests.proposals.test_section_sheets import case, head, member, section, send, sheet_of, url

__all__ = ["case", "head", "member", "section"]  # fixtures

pytestmark = pytest.mark.django_db


def test_a_member_saves_a_draft_and_hands_it_up(section, member, case):
    kept = send(member, case, go="keep", yes_text="書きかけ", tellable="")
    up = send(member, case, go="hand_up", answer="yes", yes_text="一緒に", version=1)
    home = make_section.visit(make.head(section)).get("/section/").text

    assert (kept.url, up.url) == (url(case), "/section/")
    assert sheet_of(section, case).is_open
    assert "確かめる" in home
    assert f"{member.name}さんが課長の確認を待っています" in home


def test_a_bare_press_asks_the_head_for_a_member_and_confirms_for_a_head(section, member, head, case):
    send(member, case, answer="yes")
    waiting = sheet_of(section, case)
    send(head, case, answer="yes", version=1)

    assert waiting.is_open
    assert waiting.draft.is_handed_up
    assert sheet_of(section, case).drafted_by == member


def test_an_unfinished_answer_is_not_handed_up(section, member, case):
    page = send(member, case, go="hand_up", answer="if")

    assert "if_text" in page.context["form"].errors
    assert not AnswerDraft.objects.exists()


def test_who_saves_second_reads_both_texts(section, member, head, case):
    send(member, case, go="keep", answer="yes", yes_text="先に保存した文")

    second = send(head, case, answer="hard", hard_text="後から書いた文", hard_when="来年")

    assert second.status_code == 409
    assert f"{member.name}さんが下書きを保存しました" in second.text
    assert "先に保存した文" in second.text
    assert "後から書いた文" in second.text
    assert 'name="version" value="1"' in second.text
    assert sheet_of(section, case).is_open


def test_a_head_asks_for_a_rewrite_and_the_member_reads_why(section, member, head, case):
    send(member, case, go="hand_up", answer="yes")

    send(head, case, go="give_back", answer="yes", version=1, returned_words="人数も書いてください")

    page = make_section.visit(member).get(url(case)).text
    assert f"{head.name}さんが、書き直しを頼んでいます。" in page
    assert "人数も書いてください" in page


def test_a_member_cannot_confirm_by_naming_the_deed(section, member, case):
    page = send(member, case, go="confirm", answer="yes")

    assert "所属長だけが行えます" in page.text
    assert sheet_of(section, case).is_open


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "０"])
def test_a_version_nobody_can_read_is_an_old_one(version, section, member, case):
    assert send(member, case, go="keep", yes_text="文", version=version).status_code == 409


def test_a_head_takes_the_answer_back_on_the_page(section, head, case):
    send(head, case, answer="yes", yes_text="先の返事")

    make_section.visit(head).post(f"{url(case)}take-back/")

    page = make_section.visit(head).get(url(case)).text
    assert sheet_of(section, case).is_open
    assert "先の返事" in page


# --- what came of it --------------------------------------------------------------


def test_the_section_that_passed_on_reads_what_the_other_answered(section, head, case):
    parks = make.department("公園緑政課")
    send(head, case, answer="other", other_section=parks.pk)
    other = case.hearings.get(department=parks)

    before = make_section.visit(head).get(url(case)).text
    hearings.answer(other, by=make.head(parks), answer="if", text="芝生を傷めないこと")
    after = make_section.visit(head).get(url(case)).text

    assert "芝生を傷めないこと" not in before
    assert "芝生を傷めないこと" in after


def test_earlier_answers_of_the_own_section_on_like_cases_stand_beside(section, head, case):
    other = make.department("生活支援課")
    earlier = make_section.asked(section, other, title="架空の前の提案")
    hearings.answer(sheet_of(section, earlier), by=head, answer="yes")
    hearings.answer(sheet_of(other, earlier), by=make.head(other), answer="if", text="他課の文")

    page = make_section.visit(head).get(url(case))

    assert [one.proposal.title for one in page.context["alike"]] == ["架空の前の提案"]
    assert "他課の文" not in page.text


def test_the_home_lists_answers_by_year_with_what_became_of_the_case(section, head, case):
    send(head, case, answer="yes")
    advance(make.reload(case), "withdraw", by=make.desk(), note="提案者の申し出")

    visitor = make_section.visit(head)
    now, none = visitor.get("/section/"), visitor.get("/section/?year=1999").text

    assert [reply.proposal for reply in now.context["replies"]] == [case]
    assert "取下げ" in now.text
    assert case.number in none


# --- cost -----------------------------------------------------------------------


def test_the_sheet_asks_as_much_after_many_answers_as_after_one(section, member, head, case):
    visitor = make_section.visit(member)
    visitor.get(url(case))

    with CaptureQueriesContext(connection) as few:
        visitor.get(url(case))
    for n in range(4):
        earlier = make_section.asked(section, title=f"架空の前の提案{n}")
        hearings.answer(sheet_of(section, earlier), by=head, answer="yes")
        asking_for.wish(sheet_of(section, case), by=member, text=f"架空のお尋ね{n}")
    with CaptureQueriesContext(connection) as many:
        visitor.get(url(case))

    assert len(few) == len(many) <= 20

"""What came from a proposer, as the desk reads it: talk, papers, versions, whom to call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.models import ActedAs, OutgoingMail, Reading
from proposals.desk.case import find_case
from proposals.desk.next_deed import next_deed
from proposals.models import Origin, Proposal, Submission
from proposals.services import triage
from proposals.views.section.days import Today
from proposals.workflow import WORKFLOW, Kind, Step
from tests import make
from tests.make_talk import answered, ask, paper, reply, rewritten

pytestmark = pytest.mark.django_db


def address(case, deed="change"):
    return f"/admin/proposals/proposal/{case.number}/{deed}/"


def page_of(client, case):
    return client.get(address(case))


def deed_of(case):
    return next_deed(find_case(case.number), Today(), {})


# --- reading ----------------------------------------------------------------


def test_the_newest_stands_first_with_who_and_until_when(client, desk):
    case = answered(make.proposal(Step.SORTING, by=desk), desk)
    ask(case, desk, text="次のお尋ねです。")

    talk = page_of(client, case).context["talk"]

    assert talk["lines"][0]["message"].text == "次のお尋ねです。"
    assert [line["is_ours"] for line in talk["lines"]] == [True, False, True]
    assert [bool(line["due"]) for line in talk["lines"]] == [True, False, False]
    assert talk["words"] == "3通・返事を1つ待っています"


def test_long_talks_show_their_end_and_fold_their_beginning(client, desk):
    case = make.submission()
    for n in range(8):
        reply(case, f"{n}通目です。")

    page = page_of(client, case)

    assert [len(page.context["talk"][part]) for part in ("lines", "earlier")] == [5, 3]
    assert "前のやりとりを見る（あと3通）" in page.text


def test_whether_the_letter_has_left_stands_beside_the_message(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    message = ask(case, desk)
    OutgoingMail.objects.update(state="sent")
    letters = OutgoingMail.objects.filter(key=f"{case.number}:message:{message.pk}")

    sent = page_of(client, case).context["talk"]["lines"][0]
    letters.update(state="failed")
    lost = page_of(client, case).context["talk"]["lines"][0]

    assert (sent["letter"], sent["is_lost"]) == ("メール送信済み", False)
    assert (lost["letter"], lost["is_lost"]) == ("メール届いていません", True)


def test_papers_tell_what_they_came_with_and_whether_they_are_safe(client, desk):
    case = make.submission()
    message = reply(case)
    paper(case, submission=case.latest_submission, scan="clean")
    paper(case, message=message, scan="pending")
    bad = paper(case, submission=case.latest_submission, scan="infected")

    page = page_of(client, case).text

    for state in ("安全を確認しました", "確かめています", "危険なものが見つかりました"):
        assert state in page
    assert "提案 第1版" in page
    assert "提案者の文" in page
    assert page.count("/files/attachment/papers-1") == 2
    assert f"/files/attachment/{bad.name}" not in page


def test_words_of_a_proposer_are_shown_as_words(client, desk):
    case = make.submission()
    reply(case, '<script src="//example.com/x.js"></script>')

    page = page_of(client, case).text

    assert "<script src=&quot;//example.com" in page.replace("&lt;", "<")
    assert '<script src="//example.com' not in page


# --- what came, what waits ----------------------------------------------------


def test_a_reply_is_the_next_thing_until_it_is_read(client, desk):
    case = answered(make.proposal(Step.SORTING, by=desk), desk)

    before = deed_of(case)
    client.post(address(case, "read"), {"version": case.version})

    assert (before.title, before.url) == ("提案者の返事を読んでください。", f"{address(case)}#talk")
    assert deed_of(case).button == "確かめを書く"
    assert page_of(client, case).context["trail"][0]["words"] == "提案者から届いたものを読みました。"


def test_any_deed_of_the_desk_says_that_it_was_read(desk):
    case = answered(make.proposal(Step.SORTING, by=desk), desk)

    triage.pass_gate(case, by=desk, note="確かめました。")

    assert make.reload(case).news == ""


def test_what_came_after_the_page_was_opened_is_not_marked_as_read(client, desk):
    case = answered(make.proposal(Step.SORTING, by=desk), desk)
    reply(case, "追って、もう1つ。")

    response = client.post(address(case, "read"), {"version": case.version}, follow=True)

    assert "先に保存しました" in response.text
    assert make.reload(case).news == Kind.REPLY


def test_while_the_proposer_has_time_there_is_nothing_to_do(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    ask(case, desk)

    deed = deed_of(case)

    assert (deed.title, deed.is_ours) == ("提案者の返事を待っています。", False)
    assert "いまは、することはありません。" in page_of(client, case).text


def test_past_the_date_the_proposer_is_called(desk):
    case = make.proposal(Step.SORTING, by=desk)
    ask(case, desk)
    Proposal.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(8))

    deed = deed_of(case)

    assert (deed.title, deed.is_ours) == ("提案者に、返事を確かめてください。", True)


def test_a_new_version_shows_what_changed_and_warns_of_the_older_summary(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    triage.summarise(case, by=desk, summary="架空の要約です。")
    case = rewritten(case, overview="夕食を届けるときに声をかけ、家族へ知らせます。")

    page = page_of(client, case)

    assert deed_of(case).title == "書き直された提案を読んでください。"
    assert [change.term for change in page.context["changes"]] == ["概要"]
    assert "<del>様子が違えば決めた連絡先へ</del><ins>家族へ</ins>" in page.text
    assert "要約のあとに、提案が書き直されています" in page.text
    triage.summarise(make.reload(case), by=desk, summary="書き直した要約です。")
    assert "要約のあとに、提案が書き直されています" not in page_of(client, case).text


def test_a_proposal_taken_back_is_told_to_the_sections(client, desk):
    case = make.proposal(Step.HEARING, by=desk)
    WORKFLOW.carry_out(case, "withdraw_own", by=ActedAs.PROPOSER)

    page = page_of(client, make.reload(case))

    assert deed_of(case).title == "提案者の取下げを、関係する課に伝えてください。"
    assert page.context["trail"][0]["name"] == "提案者"
    assert page.context["trail"][0]["words"] == "提案を取り下げました。"


def test_how_many_people_hold_a_code_stands_on_the_page(client, desk):
    case = make.submission()
    first = case.receipt_codes.get()
    case.receipt_codes.create(code_hash="x", label="架空の経理", invited_by=first)
    case.receipt_codes.create(code_hash="y", revoked_at=timezone.now(), invited_by=first)

    facts = {fact["term"]: fact["value"] for fact in page_of(client, case).context["facts"]}

    assert facts["確認番号"] == "2人が提案者のページを見られます"


# --- whom to call -------------------------------------------------------------


def test_the_contact_is_closed_until_somebody_opens_it(client, desk):
    case = make.submission()

    page = page_of(client, case).text

    assert "連絡先をひらく（見たことが記録に残ります）" in page
    assert case.contact.email not in page
    assert case.contact.name not in page


def test_opening_the_contact_is_recorded_each_time(client, desk):
    case = make.submission()

    pages = [client.post(address(case, "contact")).text for _ in range(2)]

    assert all(case.contact.phone in page for page in pages)
    readings = Reading.objects.values_list("by", "what", "about")
    assert list(readings) == [(desk.pk, "連絡先", case.number)] * 2
    assert case.contact.phone not in page_of(client, case).text


def test_a_case_without_a_contact_says_so(client, desk):
    case = make.submission()
    case.contact.delete()

    assert "連絡先はありません。" in client.post(address(case, "contact")).text


def test_a_case_of_the_old_ledger_has_no_code_and_no_words(client, desk):
    case = make.submission()
    Proposal.objects.filter(pk=case.pk).update(origin=Origin.LEDGER)
    Submission.objects.filter(proposal=case).update(key=None)

    facts = {fact["term"] for fact in page_of(client, case).context["facts"]}

    assert "確認番号" not in facts

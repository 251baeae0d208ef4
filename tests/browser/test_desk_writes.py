"""The desk and a proposer in two browsers: a question and its answer, a result told only when it is told."""

import pytest
from playwright.sync_api import expect

from proposals.services import receipts
from proposals.workflow import Step
from tests import make
from tests.browser.hands import come_in, wrong_with
from tests.browser.test_desk import address
from tests.make_talk import answered, decided, paper, planted, reply, rewritten

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def proposers_page(new_context, live_server, case, code):
    """The receipt page, opened with number and code."""
    page = new_context().new_page()
    page.goto(f"{live_server}/receipt/")
    page.get_by_label("受付番号").fill(case.number)
    page.get_by_label("確認番号").fill(code)
    page.get_by_role("button", name="進みぐあいを見る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(case.title)
    return page


def test_a_question_goes_out_and_its_answer_is_read(new_context, live_server):
    desk, code = make.desk(), receipts.new_code()
    case = make.proposal(Step.SORTING, by=desk, code=code)
    page = new_context(java_script_enabled=False).new_page()
    come_in(page, live_server, desk)
    page.goto(f"{live_server}{address(case)}")

    page.locator("summary", has_text="提案者に書く").click()
    page.get_by_label("提案者への文").fill("使えるのは何曜日の何時ですか。")
    page.get_by_role("button", name="提案者に送る").click()
    expect(page.locator("#now")).to_contain_text("提案者の返事を待っています。")
    expect(page.locator("#talk")).to_contain_text("返事を1つ待っています")

    theirs = proposers_page(new_context, live_server, case, code)
    expect(theirs.locator("#talk")).to_contain_text("使えるのは何曜日の何時ですか。")
    reply(case, "月曜から土曜の夕方です。")

    page.reload()
    expect(page.locator("#now")).to_contain_text("提案者の返事を読んでください。")
    expect(page.locator("#talk")).to_contain_text("月曜から土曜の夕方です。")
    page.get_by_role("button", name="読みました").click()
    expect(page.locator("#now")).to_contain_text("受付の確かめを済ませてください。")


def test_a_result_is_the_proposers_only_once_it_is_told(new_context, live_server):
    desk, section, code = make.desk(), make.department("架空課"), receipts.new_code()
    case = planted(decided(section, "no_go", code=code))
    page = new_context().new_page()
    come_in(page, live_server, desk)
    theirs = proposers_page(new_context, live_server, case, code)
    expect(theirs.locator("body")).not_to_contain_text("見送り")
    expect(theirs.locator("body")).not_to_contain_text("架空の理由です。")

    page.get_by_role("link", name="お知らせの文をひらく").click()
    page.get_by_role("button", name="提案者の見え方を確かめる").click()
    expect(page.locator(".z-letter-page")).to_contain_text("見送り")
    theirs.reload()
    expect(theirs.locator("body")).not_to_contain_text("見送り")
    page.get_by_role("button", name="この文でお知らせする").click()
    expect(page.locator("#decision")).to_contain_text("提案者へお知らせした文")

    theirs.reload()
    expect(theirs.locator("body")).to_contain_text("見送り")
    expect(theirs.locator("body")).to_contain_text("架空の理由です。")


def test_whom_to_call_opens_on_a_press(new_context, live_server):
    desk = make.desk()
    case = make.submission()
    page = new_context().new_page()
    come_in(page, live_server, desk)
    page.goto(f"{live_server}{address(case)}")
    expect(page.locator("body")).not_to_contain_text(case.contact.phone)

    page.get_by_role("button", name="連絡先をひらく").click()

    expect(page.locator("#contact")).to_contain_text(case.contact.phone)


def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(page, live_server):
    desk = make.desk()
    ended = decided(make.department("架空課"), "go_if")
    talked = answered(make.proposal(Step.SORTING, by=desk), desk)
    paper(talked, message=talked.messages.last(), scan="infected")
    paper(talked, submission=talked.latest_submission, original_name=f"{'長い名前' * 20}.pdf")
    talked = rewritten(talked, overview="書き直した概要です。")
    come_in(page, live_server, desk)

    for path in ("/admin/", address(talked), address(ended), address(ended, "announce")):
        page.goto(f"{live_server}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        assert (path, wrong_with(page)) == (path, [])

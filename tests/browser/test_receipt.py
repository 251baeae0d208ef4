"""Following one's proposal in a real browser: whose turn it is, a reply with a paper, a withdrawal."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from proposals.models import Attachment, Message
from proposals.services import conversation, decisions
from proposals.services.announcing import announce
from proposals.workflow import Step
from tests import make
from tests.browser.hands import press, wrong_with
from tests.make_receipt import CODE, QUESTION, pdf_bytes
from tests.make_talk import ready_to_tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
SENT = "送りました。窓口が読みます。"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


def type_number_and_code(page, case):
    page.fill("[name=number]", case.number)
    page.fill("[name=code]", CODE.lower())
    page.locator("main button[type=submit]").first.click()


def open_receipt(page, live_server, case):
    page.goto(f"{live_server}/receipt/")
    type_number_and_code(page, case)
    expect(page.get_by_role("heading", level=1)).to_have_text(case.title)


def asked():
    case = make.proposal(Step.HEARING, code=CODE)
    conversation.ask(case, by=make.desk(), text=QUESTION, key="q", department=make.department("架空家庭課"))
    return case


def city_s_turn():
    return make.proposal(Step.HEARING, code=CODE)


def ended():
    case = make.proposal(Step.DECISION, code=CODE)
    head = make.head(case.department)
    decisions.decide(case, "no_go", by=head, decided_on=timezone.localdate(), reason="理由")
    announce(ready_to_tell(case), by=make.desk(), text="今回は見送ります。")
    return case


@pytest.mark.parametrize("made", [asked, city_s_turn, ended])
def test_no_state_has_a_barrier_or_scrolls_sideways(page, live_server, made):
    open_receipt(page, live_server, made())

    for path in ("", "withdraw/", "copy/"):
        page.goto(f"{live_server}/receipt/{path}")
        assert (path, wrong_with(page)) == (path, [])


def test_the_first_screen_of_a_phone_says_whose_turn_it_is_and_what_to_do(page, live_server):
    page.set_viewport_size(PHONE)
    open_receipt(page, live_server, asked())

    box = page.get_by_role("link", name="質問に答える").bounding_box()

    assert box["y"] + box["height"] < PHONE["height"]
    assert box["height"] >= 44


def test_a_question_is_answered_with_a_paper(page, live_server):
    case = asked()
    open_receipt(page, live_server, case)
    expect(page.get_by_text("架空家庭課からの質問に、お返事をお願いします。")).to_be_visible()

    page.get_by_role("link", name="質問に答える").click()
    page.get_by_label("お返事").last.fill("平日の16時からです。")
    paper = {"name": "間取り.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
    page.get_by_label("書類を添える").set_input_files(paper)
    page.get_by_role("button", name="この返事を送る").dblclick()

    expect(page.get_by_text(SENT)).to_be_visible()
    expect(page.get_by_text("■市の関係課")).to_be_visible()
    assert Message.objects.filter(side="proposer").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="間取り.pdf").click()
    assert download.value.suggested_filename == Attachment.objects.get().original_name


def test_the_back_button_and_another_press_send_no_second_message(page, live_server):
    open_receipt(page, live_server, asked())
    page.get_by_label("お返事").last.fill("平日の16時からです。")
    page.get_by_role("button", name="この返事を送る").click()
    expect(page.get_by_text(SENT)).to_be_visible()

    page.go_back()
    press(page.get_by_role("button", name=re.compile("この(返事|文)を送る")))

    assert Message.objects.filter(side="proposer").count() == 1


def test_everything_works_without_script(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    open_receipt(page, live_server, asked())

    page.get_by_label("お返事").last.fill("平日の16時からです。")
    page.get_by_role("button", name="この返事を送る").click()

    expect(page.get_by_text(SENT)).to_be_visible()


def test_a_reply_typed_too_late_is_not_lost(page, live_server):
    case = asked()
    open_receipt(page, live_server, case)
    page.get_by_label("お返事").last.fill("平日の16時からです。")
    page.context.clear_cookies(name="zlg_looking")

    page.get_by_role("button", name="この返事を送る").click()
    expect(page.get_by_text("まだ送られていません。書いた文は残っています。")).to_be_visible()
    type_number_and_code(page, case)
    expect(page.get_by_label("書いた文")).to_have_value("平日の16時からです。")
    page.get_by_role("button", name="この内容で進む").click()

    expect(page.get_by_text(SENT)).to_be_visible()
    assert Message.objects.get(side="proposer").text == "平日の16時からです。"


def test_a_withdrawal_is_explained_first_and_then_made(page, live_server):
    open_receipt(page, live_server, asked())

    page.get_by_role("link", name="提案を取り下げる").click()
    expect(page.get_by_role("heading", name="残ること")).to_be_visible()
    page.get_by_label("理由").fill("社内の都合")
    page.get_by_role("button", name="この提案を取り下げる").click()

    expect(page.get_by_text("提案を取り下げました。")).to_be_visible()
    expect(page.locator(".z-strip")).to_contain_text(re.compile("取下げ.*次の一歩", re.DOTALL))
    expect(page.get_by_role("link", name="提案を取り下げる")).to_have_count(0)


def test_whoever_is_done_closes_the_page(page, live_server):
    open_receipt(page, live_server, city_s_turn())

    press(page.get_by_role("button", name="見終わったので閉じる"))
    page.goto(f"{live_server}/receipt/")

    expect(page.get_by_label("確認番号")).to_be_visible()

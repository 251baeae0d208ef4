"""While somebody types the clock runs out, a code is stopped, the desk acts; and hands without a mouse."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from proposals.models import Message, ReceiptCode, Submission
from proposals.services import advance, doubles
from proposals.workflow import Step
from tests import make
from tests.browser.hands import SIDEWAYS
from tests.browser.test_public_form import SENT, begin, go_on, title
from tests.browser.test_receipt import asked, city_s_turn, open_receipt, type_number_and_code
from tests.make_guest import proposal
from tests.make_public import CONSULTATION

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HALF_AN_HOUR, A_MONTH = timedelta(minutes=31), timedelta(days=31)
NOT_SENT = "まだ送られていません。書いた文は残っています。"
WORDS = "途中で時間がたっても消えない、架空の文です。どこにも送られずに残り、もう一度送ればそのまま届きます。"
FORMS = {"": "text", "revise/": "overview", "withdraw/": "note"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.mark.parametrize("path", FORMS)
def test_a_visit_that_ends_by_the_clock_gives_back_what_was_typed(page, live_server, path):
    case = asked()
    open_receipt(page, live_server, case)
    page.goto(f"{live_server}/receipt/{path}")
    page.fill(f"main [name={FORMS[path]}]", WORDS)
    with time_machine.travel(timezone.now() + HALF_AN_HOUR):
        page.locator("main form:has(textarea) button[type=submit]").first.click()
        expect(page.get_by_text(NOT_SENT)).to_be_visible()

        type_number_and_code(page, case)

        expect(page.locator("main")).to_contain_text(
            "まだ送られていません。確かめて、ボタンを押してください。"
        )
        values = page.locator("main form [name]").evaluate_all("fields => fields.map(field => field.value)")
        assert WORDS in values
    assert not Message.objects.filter(side="proposer").exists() and case.submissions.count() == 1


def test_a_draft_that_ended_by_the_clock_becomes_a_new_one_with_every_word(page, live_server):
    begin(page, live_server, CONSULTATION)
    page.fill("#id_organization_name", "架空の一か月あとの団体")

    with time_machine.travel(timezone.now() + A_MONTH):
        go_on(page)

        expect(page.locator("main")).to_contain_text("いま書いた文を新しい下書きに保存しました。")
        expect(page.locator("#id_organization_name")).to_have_value("架空の一か月あとの団体")


def test_a_code_stopped_while_its_holder_types_loses_no_word(page, live_server):
    case = city_s_turn()
    open_receipt(page, live_server, case)
    page.get_by_label("窓口に書く").last.fill(WORDS)
    ReceiptCode.objects.update(revoked_at=timezone.now())

    page.get_by_role("button", name="この文を送る").click()
    type_number_and_code(page, case)

    expect(page.get_by_text("番号が確かめられませんでした")).to_be_visible()
    assert WORDS in page.locator("[name=kept]").input_value()
    assert not Message.objects.exists()


def test_a_reply_to_a_case_merged_meanwhile_arrives_and_the_page_says_what_became_of_it(page, live_server):
    case, other = asked(), make.proposal(Step.SORTING)
    open_receipt(page, live_server, case)
    page.get_by_label("お返事").last.fill(WORDS)
    doubles.merge(make.reload(case), other, by=make.desk(), note="同じ内容のため")

    page.get_by_role("button", name="この返事を送る").click()

    expect(page.locator(".z-strip")).to_contain_text("1つにまとめました")
    expect(page.locator(".z-strip")).not_to_contain_text("あと")
    assert Message.objects.get(side="proposer").text == WORDS


def test_a_withdrawal_of_a_case_ended_meanwhile_is_refused_in_words(page, live_server):
    case, other = city_s_turn(), make.proposal(Step.SORTING)
    open_receipt(page, live_server, case)
    page.goto(f"{live_server}/receipt/withdraw/")
    doubles.merge(make.reload(case), other, by=make.desk(), note="同じ内容のため")

    page.get_by_role("button", name="この提案を取り下げる").click()

    expect(page.get_by_text("この案件は終わっています。")).to_be_visible()
    assert make.reload(case).step == Step.MERGED


def test_a_case_moved_on_while_it_is_rewritten_takes_the_new_words(page, live_server):
    case, code = proposal()
    page.goto(f"{live_server}/receipt/")
    page.fill("[name=number]", case.number)
    page.fill("[name=code]", code)
    page.get_by_role("button", name="進みぐあいを見る").click()
    page.get_by_role("link", name="送った内容を見る・直す").click()
    page.get_by_label("件名").fill("進んだあとに届いた架空の件名")
    advance(make.reload(case), "accept", by=make.desk())

    page.get_by_role("button", name="この内容で書き直す").click()

    expect(title(page)).to_have_text("進んだあとに届いた架空の件名")
    expect(page.locator(".z-strip")).to_contain_text("内容の整理")


def test_saving_by_itself_is_told_once_a_minute_at_most(page, live_server):
    page.clock.install()
    begin(page, live_server, CONSULTATION)
    page.evaluate(
        "() => { window.told = 0; new MutationObserver(() => window.told++)"
        ".observe(document.querySelector('[data-told]'), { childList: true }) }"
    )
    for n in range(3):
        page.fill("#id_organization_name", f"自動で保存される名前{n}")
        with page.expect_response(re.compile("/propose/1/")) as saved:
            page.clock.run_for(30_000)
        saved.value.finished()

    expect(page.locator("[data-told]")).to_contain_text("に保存しました")
    assert page.evaluate("window.told") <= 2
    assert page.locator("[data-told]").get_attribute("role") == "status"


# --- without a mouse -----------------------------------------------------------


def reach(page, wanted):
    """Tab until the focus is there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"no way to {wanted} by keyboard")


def type_in(page, words):
    """Every required field in the order of the page."""
    asked = page.locator("main form#writing").evaluate(
        "form => [...form.querySelectorAll('input:not([type=hidden], [name=fax]), textarea, select')]"
        ".filter(field => field.offsetParent).map(field => [field.name, field.type])"
    )
    for name, kind in dict(asked).items():
        for value in words.get(name, []) if isinstance(words.get(name), list) else [words.get(name)]:
            if not value:
                continue
            reach(
                page,
                f'[name="{name}"]' + (f'[value="{value}"]' if kind == "checkbox" and value != "on" else ""),
            )
            if kind == "radio":
                while page.evaluate("document.activeElement.value") != value:
                    page.keyboard.press("ArrowDown")
                page.keyboard.press("Space")
            elif kind == "checkbox":
                page.keyboard.press("Space")
            else:
                page.keyboard.insert_text(value)


def test_a_consultation_is_sent_by_keyboard_alone(page, live_server):
    page.goto(f"{live_server}/propose/")
    reach(page, '[name="track"]')
    page.keyboard.press("Space")
    reach(page, "main button")
    page.keyboard.press("Enter")
    for part in ("団体と連絡先", "相談の内容"):
        expect(title(page)).to_have_text(part)
        page.wait_for_load_state()
        type_in(page, CONSULTATION)
        reach(page, 'button[name="go"][value="next"]:not(.z-unseen)')
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/propose/confirm/$"))
    page.wait_for_load_state()
    type_in(page, CONSULTATION)
    reach(page, 'button[name="go"][value="send"]:not(.z-unseen)')

    page.keyboard.press("Enter")

    expect(title(page)).to_have_text(SENT)
    assert Submission.objects.get().overview == CONSULTATION["overview"]


@pytest.mark.parametrize("path", ["", "1/", "2/", "3/", "confirm/"])
def test_letters_twice_as_large_scroll_no_page_sideways(page, live_server, path):
    begin(page, live_server, CONSULTATION | {"track": "proposal"})
    page.goto(f"{live_server}/propose/{path}")

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    for width, height in ((1280, 900), (390, 844), (320, 225)):
        page.set_viewport_size({"width": width, "height": height})
        assert not page.evaluate(SIDEWAYS)

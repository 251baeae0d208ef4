"""窓口の机 in a real browser: axe finds nothing, it works without script, keys lead where they say."""

import pytest
from playwright.sync_api import expect

from proposals.services import triage
from proposals.workflow import Step
from tests import make
from tests.browser.hands import barriers, come_in, wrong_with
from tests.journeys.whole_way import pass_the_gate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/admin/proposals/proposal/"


def address(case, deed="change"):
    return f"{LIST}{case.number}/{deed}/"


def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(page, live_server):
    desk, section = make.desk(), make.department("架空課")
    early, asked = make.proposal(Step.SORTING, by=desk), make.proposal(Step.HEARING, by=desk, section=section)
    decided = make.proposal(Step.DECISION, by=desk, section=section)
    come_in(page, live_server, desk)
    pages = [  # in states in which tests/access does not look at them
        f"{LIST}?step=hearing",
        f"{LIST}?foo=1",
        *map(address, (early, asked, decided)),
        address(early, "move/start_hearing"),
    ]

    for path in pages:
        page.goto(f"{live_server}{path}")
        assert (path, wrong_with(page)) == (path, [])


def test_a_morning_without_script(new_context, live_server):
    desk = make.desk()
    case = make.submission()
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server}/accounts/login/?next=/admin/")
    page.fill("[name=login]", desk.username)
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="ログインする").click()

    page.get_by_role("link", name="案件をひらく").click()
    page.locator("#now").get_by_role("button", name="受付を完了する").click()
    pass_the_gate(page)
    page.get_by_label("窓口の要約").fill("架空の要約です。")
    page.get_by_role("button", name="要約を保存する").click()

    expect(page.locator("#now")).to_contain_text("関係しそうな課に、つなぐシートを送ってください。")
    case.refresh_from_db()
    assert (case.step, case.is_eligible, case.summary) == (Step.SORTING, True, "架空の要約です。")


def test_a_filter_opens_and_narrows_without_script(new_context, live_server):
    desk = make.desk()
    make.submission(title="架空の新しい提案")
    make.proposal(Step.SORTING, by=desk, title="架空の整理中の提案")
    page = new_context(java_script_enabled=False).new_page()
    come_in(page, live_server, desk)
    page.goto(f"{live_server}{LIST}")

    page.locator("summary", has_text="段階").click()
    page.get_by_role("link", name="②内容整理").click()

    expect(page.locator(".z-desk-rows tbody tr")).to_have_count(1)
    expect(page.locator(".z-desk-rows")).to_contain_text("架空の整理中の提案")


def test_two_people_at_one_summary_lose_nothing(new_context, live_server):
    desk, colleague = make.desk(), make.desk(name="架空同僚")
    case = make.proposal(Step.SORTING, by=desk)
    page = new_context().new_page()
    come_in(page, live_server, desk)
    page.goto(f"{live_server}{address(case)}")
    page.get_by_label("窓口の要約").fill("あなたの文です。")
    triage.summarise(case, by=colleague, summary="同僚の文です。")

    page.get_by_role("button", name="要約を保存する").click()

    expect(page.locator("main")).to_contain_text("同僚の文です。")
    expect(page.locator("main")).to_contain_text("あなたの文です。")
    expect(page.get_by_role("button", name="選んだとおりに保存する")).to_be_visible()
    page.wait_for_load_state()
    assert barriers(page) == []


def test_the_slash_leads_to_the_search(page, live_server):
    make.submission(title="架空の見守り")
    come_in(page, live_server, make.desk())

    page.keyboard.press("/")
    expect(page.locator("#desk-search")).to_be_focused()
    page.keyboard.type("見守り")
    page.keyboard.press("Enter")

    expect(page.locator(".z-desk-rows")).to_contain_text("架空の見守り")


def test_the_head_of_a_case_stays_in_sight_and_hides_no_heading(page, live_server):
    desk = make.desk()
    case = make.proposal(Step.HEARING, by=desk)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    come_in(page, live_server, desk)
    page.goto(f"{live_server}{address(case)}#sheets")

    head, heading = page.locator(".z-case-head").bounding_box(), page.locator("#sheets h2").bounding_box()

    assert head["y"] == 0
    assert heading["y"] >= head["height"]

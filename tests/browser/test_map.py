"""旅の系譜図 in a real browser: by keyboard, by searching, by dragging; without a script by its links."""

import pytest
from playwright.sync_api import expect

from tests import make
from zamagate.demo_city import trip00

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def journey():
    return trip00.load(make.desk())


def test_the_map_is_walked_searched_and_pulled(page, live_server, journey):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server}/trips/map/all/")
    marks, frame = page.locator(".z-map a[data-key]"), page.locator(".z-map")
    expect(page.locator(".z-map a[tabindex='0']")).to_have_count(1)  # the script has arrived

    marks.first.focus()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(3)).to_be_focused()  # the next of its row
    page.keyboard.press("Enter")
    page.wait_for_url("**at=e*")
    expect(page.get_by_role("heading", name="選んだ出来事")).to_contain_text("ワンエイドと出会う")
    expect(page.locator(".z-map a[aria-current]")).to_have_attribute("tabindex", "0")

    page.get_by_label("出来事・団体・旅を探す").fill("白書")
    expect(page.get_by_role("status")).to_have_text("「白書」は2件です。")
    expect(page.locator(".z-map a:not(.z-map__faint)")).to_have_count(2)

    page.evaluate("scrollTo(0, 0)")
    box, before = frame.bounding_box(), frame.evaluate("it => it.scrollLeft")
    page.mouse.move(box["x"] + 700, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 500 if before == 0 else box["x"] + 900, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_function("before => document.querySelector('.z-map').scrollLeft !== before", arg=before)
    assert complaints == []


def test_without_a_script_every_mark_is_a_link_and_the_table_is_whole(browser, live_server, journey):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server}/trips/map/TRIP-0.0/")
    expect(page.locator(".z-map-table tbody tr")).to_have_count(journey.events.count())

    page.get_by_label("出来事・団体・旅を探す").fill("フードバンク")
    page.get_by_role("button", name="探す").click()

    page.wait_for_url("**q=*")
    expect(page.locator(".z-map-table tbody tr")).to_have_count(2)
    page.locator(".z-map a[data-key]").nth(4).click()
    page.wait_for_url("**at=e*")
    expect(page.locator("#chosen")).to_contain_text("フードバンク")

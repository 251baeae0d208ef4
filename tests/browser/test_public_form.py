import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from proposals.models import Proposal
from tests.make_public import CONSULTATION, PROPOSAL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/", "/propose/", "/receipt/", "/themes/", "/about/handling/", "/about/privacy/", "/accounts/login/"]


def fill(page, words):
    for name, value in words.items():
        for one in value if isinstance(value, list) else [value]:
            field = page.locator(f'[name="{name}"][value="{one}"], [name="{name}"]:not([value])').first
            if field.get_attribute("type") in ("radio", "checkbox"):
                field.check()
            else:
                page.fill(f'[name="{name}"]', one)


def send(page):
    page.get_by_role("button", name="この内容で送る").click()


@pytest.mark.parametrize("words", [CONSULTATION, PROPOSAL], ids=["consultation", "proposal"])
@pytest.mark.parametrize("with_script", [True, False])
def test_either_track_is_sent_with_and_without_script(new_context, live_server, words, with_script):
    page = new_context(java_script_enabled=with_script).new_page()
    page.goto(f"{live_server}/propose/")
    fill(page, words)

    send(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("受け付けました")
    assert Proposal.objects.get().track == words["track"]


def test_a_consultation_hides_what_only_a_proposal_is_asked(page, live_server):
    page.goto(f"{live_server}/propose/")
    problem = page.get_by_label("解決したい地域の課題")

    expect(problem).to_be_hidden()
    page.locator("#id_track_1").check()
    expect(problem).to_be_visible()


def test_after_an_error_the_summary_has_the_focus_and_leads_to_the_field(page, live_server):
    page.goto(f"{live_server}/propose/")
    fill(page, CONSULTATION | {"title": "短い"})

    send(page)

    expect(page.locator(".z-errors")).to_be_focused()
    page.locator(".z-errors a").click()
    expect(page.locator("#id_title")).to_be_focused()


def test_the_counter_counts_what_a_person_sees(page, live_server):
    page.goto(f"{live_server}/propose/")

    page.fill("#id_title", "か\u3099き\u3099く\u3099")

    expect(page.locator('[data-count-for="id_title"]')).to_have_text("3 / 40字")


def test_two_presses_make_one_case(page, live_server):
    page.goto(f"{live_server}/propose/")
    fill(page, CONSULTATION)

    page.get_by_role("button", name="この内容で送る").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("受け付けました")
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_public_pages_have_no_barrier_no_sideways_scroll_and_ask_nobody_else(page, live_server, width):
    asked, found = set(), {}
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": width, "height": 900})

    for path in PAGES:
        page.goto(f"{live_server}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[path] = (wide, [v["id"] for v in Axe().run(page).response["violations"]])

    assert found == dict.fromkeys(PAGES, (False, []))
    assert asked == {live_server.url.split("/")[2]}

"""The pages to read, as a person meets them: by keyboard, without script, on a phone, on paper."""

import pytest
from django.utils import timezone
from pypdf import PdfReader

from proposals.forms.paper import PAGES
from proposals.models import Theme, Track
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.innerText.trim()"
PHONE = {"width": 390, "height": 844}


def tab(page, times=1):
    """What has the focus after each press."""
    found = []
    for _ in range(times):
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUSED))
    return found


def test_the_keyboard_meets_things_in_the_order_they_are_read(page, live_server):
    page.goto(f"{live_server}/")

    met = tab(page, 8)

    assert met[0] == "本文へ"
    assert met[2:6] == ["窓口について", "市の困りごと", "共創の物語", "受付番号で確認"]
    assert met[6:] == ["相談・提案をはじめる", "受付番号で進みぐあいを見る"]


def test_the_way_past_the_head_leads_to_the_first_thing_to_press(page, live_server):
    page.goto(f"{live_server}/")
    tab(page)

    page.keyboard.press("Enter")

    assert tab(page) == ["相談・提案をはじめる"]


def test_the_first_screen_of_a_phone_says_what_it_is_and_how_to_begin(page, live_server):
    page.set_viewport_size(PHONE)

    page.goto(f"{live_server}/")

    for name in ("相談・提案をはじめる", "受付番号で進みぐあいを見る"):
        box = page.get_by_role("link", name=name).bounding_box()
        assert box["y"] + box["height"] < PHONE["height"]
        assert box["height"] >= 44


def test_the_menu_of_a_phone_opens_without_script_and_by_keyboard(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server}/")
    link = page.get_by_role("link", name="市の困りごと", exact=True)
    assert not link.is_visible()

    page.get_by_text("案内", exact=True).press("Enter")

    assert link.is_visible()


def test_a_trouble_leads_to_the_form_without_script(new_context, live_server):
    theme = Theme.objects.create(
        department=make.department(), title="架空の困りごと", published_on=timezone.localdate()
    )
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server}/")

    page.get_by_role("link", name=theme.title).click()
    page.get_by_role("link", name="この困りごとに答える").click()

    page.wait_for_url("**/propose/**")
    page.get_by_text(theme.title).first.wait_for()


@pytest.mark.parametrize("track", list(Track))
def test_the_browser_prints_a_sheet_on_as_many_pages_as_told(page, live_server, tmp_path, track):
    page.goto(f"{live_server}/paper/{track}/")

    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)

    assert len(PdfReader(tmp_path / "sheet.pdf").pages) == PAGES[track]


def test_the_button_that_prints_shows_only_where_it_works(new_context, live_server):
    shown = {
        script: _buttons(new_context(java_script_enabled=script), f"{live_server}/paper/consultation/")
        for script in (True, False)
    }

    assert shown == {True: 1, False: 0}


def _buttons(context, url):
    page = context.new_page()
    page.goto(url)
    return page.get_by_role("button", name="この用紙を印刷する").count()

"""What tests in a browser do again and again: come in, press, look for barriers."""

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PHONE = 390
WIDTHS = (1280, PHONE, 320)


def come_in(page: Page, live_server, person, path: str = "/admin/") -> None:
    """This person's browser, logged in as the form does it (the journeys fill that in), at this address."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"{live_server}{path}")


def press(button: Locator) -> None:
    """Press it, and wait until the page that answers is there as a whole."""
    with button.page.expect_navigation():
        button.click()


def barriers(page: Page) -> list[str]:
    """What axe finds on the page as it stands; the script is brought in once a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = "axe.run({ resultTypes: ['violations'] }).then((said) => said.violations.map((one) => one.id))"
    return page.evaluate(found)


def wrong_with(page: Page) -> list[str]:
    """Sideways scroll at any width; barriers at the widest and the narrowest, where every layout shows."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: sideways scroll"] if page.evaluate(SIDEWAYS) else []
        found += [f"{width}: {what}" for what in barriers(page)] if width != PHONE else []
    return found

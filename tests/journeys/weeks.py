"""Several days of one summer, and telephones: what the walk through the sections does again and again."""

import re
from datetime import date, datetime, time

from django.core import mail
from playwright.sync_api import Page, expect

from cityhall import calendar, postman
from proposals import tasks
from proposals.urls_section import urlpatterns
from tests.journeys.whole_way import Walk
from tests.make_receipt import CODE

START = datetime(2026, 7, 1, 9, tzinfo=calendar.TOKYO)
READ_BY_THE_DESK = {"", "versions/", "decisions/<int:running>/"}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Weeks(Walk):
    """Several days of one July; at the sections everybody looks at a telephone."""

    def __init__(self, *args, clock):
        super().__init__(*args)
        self.clock = clock

    def window_of(self, username: str) -> dict:
        return PHONE if username.startswith(("member-", "head-")) else {}

    def day(self, on: date, hour: int = 9) -> None:
        """Another morning: what was open is closed, letters that are due leave, twice asked."""
        for page in self.pages.values():
            page.context.close()
        self.pages.clear()
        self.clock.move_to(datetime.combine(on, time(hour), calendar.TOKYO))
        for _ in "again":
            tasks.chase()
            postman.deliver_due()

    def receipt(self) -> Page:
        """The proposer's own page."""
        page = self.who("company")
        page.goto("/receipt/")
        if page.get_by_label("確認番号").count():
            page.get_by_label("受付番号").fill(self.number)
            page.get_by_label("確認番号").fill(CODE)
            page.get_by_role("button", name="進みぐあいを見る").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state()
        return page

    def sheet(self, name: str, link: str, running: int) -> Page:
        """A person's way from the home of the section to its sheet, nowhere wider than the telephone."""
        page = self.who(name)
        page.goto("/section/")
        fits(page)
        page.get_by_role("link", name=re.compile(f"{link}.*{self.number}")).click()
        expect(page.locator(".z-kicker")).to_contain_text(f"{self.number}-{running}")
        fits(page)
        return page


def fits(page: Page) -> None:
    """Nothing is wider than the telephone."""
    page.wait_for_load_state()
    assert not page.evaluate(SIDEWAYS), page.url


def letters_of_due_days() -> list[tuple[str, str]]:
    """To whom a letter about a due day has left, and which."""
    kinds = {"近づいて": "before", "過ぎて": "after"}
    left = [letter for letter in mail.outbox if "期限" in letter.subject]
    return [(one.to[0], next(k for word, k in kinds.items() if word in one.subject)) for one in left]


def deeds_of_a_section() -> list[str]:
    """What may follow /section/cases/R8-0001/, but for the pages the desk reads."""
    about = "cases/<str:number>/"
    routes = [str(one.pattern) for one in urlpatterns]
    deeds = {route.removeprefix(about) for route in routes if route.startswith(about)}
    return [deed.replace("<int:running>", "1") for deed in sorted(deeds - READ_BY_THE_DESK)]


def paper_in(page: Page) -> str:
    """The PDF of the letter on this page, as soon as the worker has made it."""
    link = page.get_by_role("link", name="PDFで受け取る")
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    return link.get_attribute("href")

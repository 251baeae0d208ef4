"""What the officers of the day do again and again."""

import re
import subprocess
from datetime import date
from pathlib import Path

from playwright.sync_api import Page

from cityhall.tables import Table, read_table
from tests.browser.hands import press
from tests.journeys.whole_way import Walk

TITLE = "架空の夕食宅配で見守りを"
LIST = "/admin/proposals/proposal/"


class Day(Walk):
    """Besides the case of the walk: its double, and the code its slip was handed over with."""

    double = code = ""

    def open(self, number: str = "", who: str = "desk", anchor: str = "") -> Page:
        """A case as this officer sees it."""
        page = self.who(who)
        page.goto(f"{LIST}{number or self.number}/change/{anchor}")
        return page


def enter(page: Page, *, how: str, first_contact_on: date) -> None:
    """Key the proposal in as it came."""
    page.check("input[name=track][value=proposal]")
    page.check(f"input[name=how][value={how}]")
    page.get_by_label("初回相談日").fill(first_contact_on.isoformat())
    page.get_by_role("textbox", name="団体名 ※必須").fill("架空配送株式会社")
    page.check("input[name=organization_kind][value=company]")
    page.get_by_label("件名").fill(TITLE)
    page.get_by_role("textbox", name="概要 ※必須").fill(
        "夕食を届けるときに声をかけ、様子が違えば知らせます。"
    )
    press(page.get_by_role("button", name="この内容で入れる"))


def number_in(address: str) -> str:
    return re.search(r"R\d+-\d{4}", address).group()


def in_words(day: date) -> str:
    return f"{day.month}月{day.day}日"


def side_fact(page: Page, term: str) -> str:
    """What the side column says of the case under this word."""
    line = page.locator("aside div", has=page.locator("dt", has_text=term)).last
    return line.locator("dd").inner_text()


def print_out(page: Page, path: Path) -> str:
    """What stands on the paper when the page is printed."""
    page.pdf(path=path)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout


def read(day: Day, who: str, *, level: str) -> Page:
    """One reader's own page of viewpoints: this level for the first, 2 for the rest."""
    page = day.open(who=who, anchor="#viewpoints")
    page.get_by_role("link", name=re.compile("人目として読む")).click()
    for number in range(1, 10):
        page.check(f"input[name=level{number}][value='{level if number == 1 else 2}']")
    page.get_by_role("button", name="見立てを残す").click()
    return page


def bring(day: Day, name: str, data: bytes) -> Page:
    """A spreadsheet, chosen and read, and nothing of it taken in yet."""
    page = day.who("desk")
    page.goto("/admin/")
    page.get_by_role("link", name="受付台帳の取込み").click()
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("button", name="読んで、確かめる").click()
    return page


def order_export(day: Day, narrowing: str, form: str) -> Page:
    page = day.who("desk")
    page.goto(f"{LIST}?{narrowing}")
    page.get_by_role("link", name="この一覧を書き出す").click()
    page.get_by_label(form).check()
    page.get_by_role("button", name="書き出す").click()
    return page


def export(day: Day, narrowing: str, form: str) -> Table:
    """The list as its file reads."""
    page = order_export(day, narrowing, form)
    with page.expect_download() as download:
        page.get_by_role("link", name="ファイルを受け取る").click()
    return read_table(Path(download.value.path()).read_bytes())

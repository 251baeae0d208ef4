"""The whole way, once: from the public form to a TRIP and its figure, as four people walk it."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import press
from tests.journeys.people import PASSWORD, SECTIONS

TITLE = "架空の夕食宅配で見守りを"
LONGER_THAN_A_MACHINE = 4500  # milliseconds; a form sent sooner is held for the desk
LEAD = "chiiki"


expect.set_options(timeout=20_000)


class Walk:
    """One city, several people, each in a browser of their own."""

    def __init__(self, browser: Browser, base_url: str, folder: Path):
        self.browser, self.base_url, self.folder = browser, base_url, folder
        self.pages: dict[str, Page] = {}
        self.number = ""

    def who(self, username: str) -> Page:
        """This person's page, logged in the first time."""
        if username not in self.pages:
            window = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "ignore_https_errors": True}
            window |= self.window_of(username)
            self.pages[username] = self.browser.new_context(base_url=self.base_url, **window).new_page()
            if username != "company":
                self._log_in(self.pages[username], username)
        return self.pages[username]

    def window_of(self, username: str) -> dict:
        """How this person's browser differs from the others."""
        return {}

    def _log_in(self, page: Page, username: str) -> None:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        press(page.locator("main button[type=submit]"))
        assert "/accounts/login/" not in page.url

    def case(self, anchor: str = "") -> Page:
        """The desk's page of the case."""
        page = self.who("desk")
        page.goto(f"/admin/proposals/proposal/{self.number}/change/{anchor}")
        return page

    def take_from(self, page: Page, address: str) -> Path:
        """A file as this person's browser gets it."""
        answer = page.request.get(address)
        assert answer.status == 200, answer.status
        path = self.folder / "paper.pdf"
        path.write_bytes(answer.body())
        return path

    def read_back(self, page: Page, address: str) -> str:
        """What stands in a PDF, every font of which is embedded and can be read."""
        path = self.take_from(page, address)
        fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True).stdout.splitlines()[2:]
        assert fonts and all(" yes yes " in line for line in fonts), fonts
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout


def walk_the_whole_way(walk: Walk) -> None:
    """Every stage uses what the one before left behind."""
    before = projects_this_year(walk)
    propose(walk)
    follow(walk, "受付")
    sort_and_ask(walk)
    for name in SECTIONS:
        answer(walk, name)
    choose_the_lead(walk)
    fix_the_model(walk)
    the_paper_can_be_read(walk)
    refer(walk)
    the_desk_cannot_decide(walk)
    decide(walk)
    open_the_trip(walk)
    assert projects_this_year(walk) == before + 1


def projects_this_year(walk: Walk) -> int:
    """共創案件数, as the manager reads it."""
    page = walk.who("manager")
    page.goto("/kpi/")
    tile = page.locator(".z-tile", has=page.get_by_role("heading", name="共創案件数"))
    return int(tile.locator(".z-tile__figure b").inner_text())


def propose(walk: Walk) -> None:
    page = walk.who("company")
    page.goto("/")
    page.get_by_role("link", name="相談・提案をはじめる").click()
    page.check("input[name=track][value=proposal]")
    press(page.get_by_role("button", name="書きはじめる"))
    for title in ("団体と連絡先", "提案の内容", "お願いと持ち寄り"):
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        fill_in(page)
        press(page.get_by_role("button", name="保存して次へ進む"))
    expect(page.locator("main")).to_contain_text(WORDS["overview"])
    fill_in(page)
    for box in page.locator("input[name=pledges], input[name=notices], input[name=privacy]").all():
        box.check()
    page.wait_for_timeout(LONGER_THAN_A_MACHINE)
    page.get_by_role("button", name="この内容で送る").click()
    expect(page.get_by_role("heading", name="受け付けました")).to_be_visible()
    walk.number = re.search(r"R\d+-\d{4}", page.locator("main").inner_text()).group()


def fill_in(page: Page) -> None:
    """Whatever of our words this part asks for."""
    for name, words in WORDS.items():
        if page.locator(f"[name={name}]").count():
            page.fill(f"[name={name}]", words)
    for name, value in PICKED.items():
        if (choice := page.locator(f"input[name={name}][value='{value}']")).count():
            choice.check()


def follow(walk: Walk, stage: str) -> None:
    page = walk.who("company")
    page.get_by_role("link", name="進みぐあいのページへ").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.locator("main")).to_contain_text(stage)


def sort_and_ask(walk: Walk) -> None:
    page = walk.case()
    page.get_by_role("button", name="受付を完了する").first.click()
    pass_the_gate(page)
    form = page.locator("#sheets form")
    for n, title in enumerate(SECTIONS.values(), start=1):
        form.locator(f"select[name=section{n}]").select_option(label=title)
    form.locator("textarea[name=reason1]").fill("見守りを担当しているため")
    press(form.get_by_role("button", name="選んだ課に送る"))
    press_move(walk, "start_hearing")


def pass_the_gate(page: Page) -> None:
    """No to every question, once the last of them is there."""
    done = page.get_by_role("button", name="確かめたことを記録する")
    expect(done).to_be_visible()
    for no in page.locator("#gate input[value=no]").all():
        no.check()
    page.get_by_label("確かめたこと").fill("対象外のどれにも当たらないことを確かめました。")
    press(done)


def press_move(walk: Walk, name: str) -> None:
    """A move of the table, from its own page."""
    page = walk.who("desk")
    page.goto(f"/admin/proposals/proposal/{walk.number}/move/{name}/")
    press(page.locator("main form button[type=submit], #content form button[type=submit]").last)
    assert page.url.endswith(f"/{walk.number}/change/"), page.locator("body").inner_text()


def answer(walk: Walk, name: str) -> None:
    page = walk.who(f"member-{name}")
    page.goto("/section/")
    page.get_by_role("link", name=re.compile(f"返事を書く.*{walk.number}")).click()
    page.fill("textarea[name=own_trouble]", "夕方から翌朝までの見守りに手が届いていません。")
    page.check("input[name=answer][value=yes]")
    page.fill("textarea[name=yes_text]", f"{SECTIONS[name]}は一緒に考えます。")
    page.check("input[name=tellable][value=named]")
    press(page.get_by_role("button", name="課長に確認を頼む"))
    head = walk.who(f"head-{name}")
    head.goto("/section/")
    head.get_by_role("link", name=re.compile(f"確かめる.*{walk.number}")).click()
    head.get_by_role("button", name="この返事を確定する").click()
    expect(head.locator("body")).to_contain_text("お返事を窓口へ送りました")


def choose_the_lead(walk: Walk) -> None:
    press_move(walk, "start_matching")
    page = walk.case()
    page.locator("#lead select").first.select_option(label=SECTIONS[LEAD])
    press(page.get_by_role("button", name="所管課に決める"))
    press_move(walk, "start_model")


def fix_the_model(walk: Walk) -> None:
    page = walk.case()
    press(page.get_by_role("button", name="ロジックモデルを始める"))
    press(page.get_by_role("link", name="試行版にする"))
    for question in page.locator("main form textarea").all():
        question.fill("試行しながら確かめます。")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("heading", name="紙で配る")).to_be_visible()


def the_paper_can_be_read(walk: Walk) -> None:
    page = walk.who("desk")
    page.get_by_role("button", name=re.compile("PDF.*A3")).first.click()
    ready = page.get_by_role("link", name=re.compile("PDF.*をひらく")).first
    expect(ready).to_be_visible(timeout=60_000)
    text = walk.read_back(page, ready.get_attribute("href"))
    assert "インプット" in text and "インパクト" in text and "試行版" in text


def refer(walk: Walk) -> None:
    press_move(walk, "refer")


def the_desk_cannot_decide(walk: Walk) -> None:
    page = walk.case()
    assert page.get_by_role("button", name=re.compile("採用")).count() == 0
    address = f"/section/cases/{walk.number}/decide/"
    assert page.request.get(address).status == 404
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    given = {"csrfmiddlewaretoken": token, "verdict": "go", "decided_on": "2026-11-21", "password": PASSWORD}
    here = {"Referer": page.url}
    assert page.request.post(address, form=given, headers=here).status == 404
    for name in ("go", "go_if", "no_go"):
        move = f"/admin/proposals/proposal/{walk.number}/move/{name}/"
        assert page.request.post(move, form=given, headers=here).status == 404
    page.reload()
    expect(page.locator("body")).to_contain_text("⑥案件化判断")


def decide(walk: Walk) -> None:
    page = walk.who(f"head-{LEAD}")
    page.goto("/section/")
    page.get_by_role("link", name=re.compile(f"判断する.*{walk.number}")).click()
    page.check("input[name=verdict][value=go]")
    page.locator("[name=code_go]").select_option(index=1)
    page.fill("textarea[name=reason]", "見守りの手が届く世帯が増えると見込まれるため。")
    page.fill("input[name=draft_number]", "座地福第1号")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[value=record]").click()
    expect(page.locator("body")).to_contain_text("記録しました")
    expect(page.locator("body")).to_contain_text("まだ届いていません")


def open_the_trip(walk: Walk) -> None:
    page = walk.case()
    page.get_by_role("link", name="共創プロジェクトを開く").click()
    page.get_by_role("button", name="この内容で開く").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"TRIP-R\d+-\d\d"))


WORDS = {
    "organization_name": "架空配送株式会社",
    "organization_kana": "カクウハイソウカブシキガイシャ",
    "representative": "代表取締役 架空一郎",
    "postal_code": "252-8566",
    "address": "座間市緑ケ丘一丁目1番1号",
    "section": "企画部",
    "contact_name": "架空太郎",
    "contact_kana": "かくうたろう",
    "email": "kaku@example.com",
    "email_again": "kaku@example.com",
    "phone": "０４６－２５２－７９６６",
    "title": TITLE,
    "overview": "夕食を届けるときに声をかけ、様子が違えば決めた連絡先へ知らせます。",
    "problem": "一人暮らしの高齢者が、夕方から翌朝まで誰とも話さない日が続いています。",
    "activity": "配達員が手渡しで声をかけ、応答がない場合にあらかじめ決めた連絡先へ知らせます。",
    "benefit": "ひとりで暮らす人が、毎日だれかと言葉を交わせるようになる。",
    "own_gain": "地域で長く選ばれる事業者になることができます。",
    "measures": "声をかけた世帯の数",
}
PICKED = {
    "organization_kind": "company",
    "answer_to": "free",
    "fields": "福祉・健康",
    "requests": "庁内・地域団体とのつなぎ",
    "brings": "人",
    "cost": "none",
    "maturity": "tried",
    "sharing": "all",
    "publicity": "outline",
    "rights": "none",
}

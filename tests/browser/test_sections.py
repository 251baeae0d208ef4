"""課のまど in a real browser, in every state: no barrier, nothing the policy refuses, no sideways scroll."""

import pytest
from playwright.sync_api import expect

from proposals.models import Hearing, Theme
from proposals.services import answering, decision_drafts, hearings
from tests import make, make_deciding, make_section
from tests.browser.hands import come_in, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPENED = "document.querySelectorAll('main details').forEach(one => one.open = true)"
LONG = "駅前の広場とその周りの通りを使って、週に2度、こどもと大人が一緒に宿題と夕食をする場所をひらく"


class City:
    """A section with all kinds of work, and another that shares a case with it."""

    def __init__(self):
        self.section, self.other = make.department("こども家庭課"), make.department("人権・男女共同参画課")
        self.head = make.head(self.section, email="kacho@example.jp", letters="digest")
        self.member, self.other_head = make.member(self.section), make.head(self.other)
        self.asked = make_section.asked(self.section, self.other, title=LONG)
        self.handed = make_section.asked(self.section)
        self.answered = make_section.asked(self.section)
        self.drafted, self.prepared = self._to_decide(), self._to_decide()
        self.joint = make_deciding.referred(self.section, joint_with=[self.other], title=LONG)
        self.late = make_section.conditional(self.head, self.section, texts=("大人を2人", LONG))
        self.theme = Theme.objects.create(department=self.section, title=LONG)
        self._fill()

    def _to_decide(self):
        return make_deciding.referred(self.section, title=LONG)

    def _fill(self) -> None:
        said = {"answer": "if", "if_text": "配達の曜日を決めること。", "tellable": "named"}
        answering.hand_up(self.sheet(self.handed), by=self.member, said=said, version=0)
        hearings.answer(self.sheet(self.answered), by=self.head, answer="yes", text="一緒に進めます。")
        decision_drafts.save(self.drafted, by=self.member, said=DRAFT, draft_version=0, hands_up=True)
        make_deciding.prepared(self.prepared)

    def sheet(self, case) -> Hearing:
        return case.hearings.get(department=self.section)

    def pages(self, person) -> list[str]:
        if person == self.other_head:
            return ["/section/", f"/section/cases/{self.joint.number}/consent/"]
        sheets = [f"/section/sheets/{one.number}/1/" for one in (self.asked, self.handed, self.answered)]
        decided = [
            f"/section/cases/{one.number}/decide/" for one in (self.drafted, self.prepared, self.joint)
        ]
        if person == self.member:
            return ["/section/", sheets[0], *decided[:2]]
        themes = [
            f"/section/themes/{place}/" for place in ("new", self.theme.number, f"{self.theme.number}/write")
        ]
        plain = ["", "settings/", "connect/", "connected/", "chart/", f"cases/{self.late.number}/conditions/"]
        plain += [f"cases/{self.drafted.number}/{place}/" for place in ("fairness", "send-back")]
        return [*[f"/section/{place}" for place in plain], *themes, *sheets, *decided]


DRAFT = {"verdict": "go_if", "reason": "効果が見込まれるため", "condition1_text": LONG, "rows": "3"}


@pytest.fixture
def city():
    return City()


@pytest.fixture
def look(page, live_server):
    """Logs in; then gives what is wrong with the page one stands on, the policy first, then at each width."""
    told = []
    page.on("console", lambda message: told.append(message.text) if is_wrong(message) else None)
    page.on("pageerror", lambda error: told.append(str(error)))

    def enter(person):
        come_in(page, live_server, person, "/section/")

    def here() -> list[str]:
        page.wait_for_load_state()
        page.evaluate(OPENED)
        found = told + wrong_with(page)
        told.clear()
        return found

    look.enter, look.here = enter, here
    return look


def is_wrong(message) -> bool:
    """Errors of the console but the one about a page that answers 409."""
    return message.type == "error" and "409 (Conflict)" not in message.text


@pytest.mark.parametrize("who", ["head", "member", "other_head"])
def test_every_page_in_every_state(who, page, live_server, city, look):
    person = getattr(city, who)
    look.enter(person)

    found = {}
    for path in city.pages(person):
        assert page.goto(f"{live_server}{path}").ok, path
        found[path] = look.here()

    assert {path: what for path, what in found.items() if what} == {}


def test_what_is_to_be_mended_stands_at_its_field(page, live_server, city, look):
    look.enter(city.head)
    found = []

    page.goto(f"{live_server}/section/sheets/{city.asked.number}/1/")
    page.get_by_label("ほかの課へ回す").check()
    expect(page.get_by_label("回す先の課")).to_be_visible()
    page.get_by_role("button", name="この返事を確定する").click()
    expect(page.get_by_role("alert")).to_contain_text("「担当外」だけのお返事はできません。")
    found += look.here()
    page.goto(f"{live_server}/section/cases/{city.drafted.number}/decide/")
    page.fill("[name=password]", "違う合言葉")
    page.get_by_role("button", name="条件付採用として記録する").click()
    expect(page.get_by_role("alert")).to_contain_text("パスワードが違います。")
    found += look.here()
    page.goto(f"{live_server}/section/cases/{city.late.number}/conditions/")
    page.locator("#condition1").get_by_label("免じる").check()
    page.get_by_role("button", name="条件1の確かめを記録する").click()
    expect(page.get_by_role("alert")).to_contain_text("免じる理由を書いてください。")
    found += look.here()
    page.goto(f"{live_server}/section/connect/")
    page.get_by_role("button", name="窓口につなぐ").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += look.here()

    assert found == []


def test_who_comes_second_reads_both_texts(page, live_server, city, look):
    look.enter(city.head)
    found = []

    page.goto(f"{live_server}/section/sheets/{city.asked.number}/1/")
    page.get_by_label("はじめに、貴課でいま困っていること").fill("わたしの文")
    answering.save(city.sheet(city.asked), by=city.member, said={"own_trouble": "さきの文"}, version=0)
    page.get_by_role("button", name="下書きを保存する").last.click()
    both(page, "わたしの文", "さきの文")
    found += look.here()
    page.goto(f"{live_server}/section/cases/{city.drafted.number}/decide/")
    page.fill("[name=reason]", "わたしの理由")
    said = DRAFT | {"reason": "さきの理由"}
    decision_drafts.save(make.reload(city.drafted), by=city.member, said=said, draft_version=1)
    page.get_by_role("button", name="下書きを保存する").last.click()
    both(page, "わたしの理由", "さきの理由")
    found += look.here()
    page.goto(f"{live_server}/section/cases/{city.prepared.number}/decide/")
    page.fill("[name=reason]", "わたしの理由")
    page.fill("[name=password]", make.PASSWORD)
    make_deciding.decide(city.prepared, make.head(city.section), "go", reason="さきの理由")
    page.locator("button[value=record]").click()
    both(page, "わたしの理由", "先に所属長が記録しました")
    found += look.here()

    assert found == []


def both(page, mine, theirs) -> None:
    """One's own words are in a field or in the page, what another did beside them."""
    typed = page.locator("main textarea").evaluate_all("all => all.map(one => one.value).join()")
    expect(page.locator("main")).to_contain_text(theirs)
    page.wait_for_load_state()
    assert mine in typed + page.locator("main").inner_text()

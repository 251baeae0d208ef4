"""④ as its people walk it: a survey, a suggestion, a meeting, a match, three deliveries, one figure."""

import re
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cityhall.tables import write_csv
from proposals import town
from proposals.ledger.resources import HEADINGS
from tests.browser.hands import press
from tests.journeys.whole_way import Walk

PHONE = {"viewport": {"width": 390, "height": 844}}
PARTNER = "架空こども食堂1"
ASKED = 60


class Matching(Walk):
    """The proposer and the section read on a phone; `code` opens the proposer's page."""

    code = ""

    def window_of(self, username: str) -> dict:
        return PHONE if username in ("company", "member-chiiki") else {}


def walk_the_matching(walk: Matching) -> None:
    """Every stage uses what the one before left behind."""
    bring_the_survey(walk)
    choose_whom_to_meet(walk)
    tell_what_came_of_it(walk)
    choose_the_lead(walk)
    write_the_match(walk)
    each_side_says_what_is_good(walk)
    agree(walk)
    before = supports_this_year(walk)
    deliver_three_times(walk)
    assert supports_this_year(walk) == before + 1


def survey() -> bytes:
    """60 fictional organisations as a spreadsheet; the first three are diners in this city."""
    today = timezone.localdate().isoformat()
    rows = []
    for n in range(1, ASKED + 1):
        is_diner = n <= 3
        told = {
            "団体名": f"架空こども食堂{n}" if is_diner else f"架空の会{n}",
            "団体区分": "市民活動団体",
            "活動の分野": "食の支援、居場所づくり" if is_diner else town.ACTIVITIES[n % len(town.ACTIVITIES)],
            "支援の形": "団体どうしをつなぐ、場を開く" if is_diner else "人が手伝う",
            "区域": "座間市" if is_diner else town.AREAS[n % 4],
            "求めるもの": "食材、運ぶ人",
            "紹介してよいか": "紹介してよい",
            "それを聞いた日": today,
            "内容を確かめた日": today,
        }
        rows.append([told.get(heading, "") for heading in HEADINGS])
    return write_csv(HEADINGS, rows)


def bring_the_survey(walk: Matching) -> None:
    page = walk.who("desk")
    page.goto(reverse("admin:import_bring", args=["resources"]))
    page.locator("input[type=file]").set_input_files({"name": "調査.csv", "mimeType": "", "buffer": survey()})
    page.get_by_role("button", name="読んで、確かめる").click()
    page.get_by_role("button", name=f"{ASKED}件を取り込む").click()
    expect(page.get_by_role("link", name="一覧をひらく")).to_be_visible(timeout=60_000)


def choose_whom_to_meet(walk: Matching) -> None:
    """The suggestion says why; the meeting is written from it."""
    page = walk.case()
    page.locator("#introductions").get_by_role("link", name="会えそうな相手を見る").click()
    line = page.locator("#partners ol > li").filter(has_text=PARTNER).first
    expect(line).to_contain_text("合う")
    expect(line).to_contain_text("食の支援")
    line.get_by_role("link", name=re.compile("引き合わせを書く")).click()
    expect(page.get_by_label(re.compile(PARTNER))).to_be_checked()
    page.get_by_label("地域福祉課").check()
    page.get_by_label(re.compile("会うわけ")).fill("食材の置き場所を一緒に見る")
    page.get_by_label(re.compile("会う日")).fill(timezone.localdate().isoformat())
    page.get_by_label(re.compile("時刻")).fill("14時から1時間")
    page.get_by_label(re.compile("提案者の了承")).fill("電話で、担当の方から")
    page.get_by_role("button", name="引き合わせを書く").click()
    expect(page.locator("#introductions")).to_contain_text(PARTNER)


def tell_what_came_of_it(walk: Matching) -> None:
    page = walk.case()
    page.locator("#introductions tbody a").first.click()
    page.get_by_role("link", name="結果を書く").click()
    page.get_by_role("radio", name=re.compile("続く")).check()
    page.locator("textarea[name=text]").fill("置き場所を見て、週1回なら受け取れると分かりました。")
    page.get_by_role("radio", name="訪問").check()
    page.locator("input[name=next_step]").fill("提案者が、曜日を決める")
    page.get_by_role("button", name="書き残す").click()
    expect(page.locator("#introductions")).to_contain_text("続く")
    expect(page.locator("#todos")).to_contain_text("提案者が、曜日を決める")
    expect(page.locator("#encounters")).to_contain_text("訪問")


def choose_the_lead(walk: Matching) -> None:
    """Without a lead section ④ cannot be left."""
    page = walk.case()
    page.goto(f"/admin/proposals/proposal/{walk.number}/move/start_model/")
    expect(page.locator("body")).to_contain_text("所管課を決める")
    page = walk.case("#lead")
    page.locator("#lead select").select_option(label="地域福祉課")
    press(page.get_by_role("button", name="所管課に決める"))


def write_the_match(walk: Matching) -> None:
    page = walk.case("#match")
    page.locator("#match").get_by_role("link", name="組み合わせを書く").click()
    page.locator("input[name=purpose]").fill("夕方をひとりで過ごすこどもを減らす")
    page.locator("input[name=own_part]").fill("食材を週1回とどける")
    page.locator("input[name=lead_part]").fill("見守りの担当につなぐ")
    page.get_by_role("button", name="組み合わせを書く").click()
    page.locator("select[name=who]").select_option(label=option_with(page, PARTNER))
    page.locator("input[name=part]").fill("受け取って、食卓を開く")
    page.get_by_role("button", name="加える").click()
    expect(page.get_by_role("link", name=PARTNER)).to_be_visible()


def option_with(page: Page, words: str) -> str:
    """The first choice that names these words."""
    found = page.locator("select[name=who] option").filter(has_text=words)
    return found.first.inner_text()


def each_side_says_what_is_good(walk: Matching) -> None:
    """The section on its page, the proposer on the receipt page, the partner through the desk."""
    section = walk.who("member-chiiki")
    section.goto(f"/section/cases/{walk.number}/")
    section.get_by_role("link", name="地域福祉課にとって良いことを書く").click()
    section.locator("input[name=gain]").fill("見守りの回り道が、週1日ぶん減る")
    press(section.get_by_role("button", name="書き残す"))

    company = walk.who("company")
    company.goto("/receipt/")
    company.fill("input[name=number]", walk.number)
    company.fill("input[name=code]", walk.code)
    company.get_by_role("button", name="進みぐあいを見る").click()
    company.get_by_role("link", name="あなた方にとって良いことを書く").click()
    company.locator("textarea[name=gain]").fill("地域で長く選ばれる")
    company.get_by_role("button", name="書き残す").click()
    expect(company.locator("main")).to_contain_text("地域で長く選ばれる")

    page = walk.who("desk")
    page.goto(f"/admin/proposals/proposal/{walk.number}/match/")
    page.get_by_role("link", name=PARTNER).click()
    page.locator("input[name=gain]").fill("食材が毎週そろう")
    page.locator("input[name=heard_from]").fill("代表の方から、電話で")
    press(page.get_by_role("button", name="聞いた言葉を残す"))


def agree(walk: Matching) -> None:
    page = walk.who("desk")
    page.get_by_role("button", name="この内容で合意した").click()
    for gain in ("見守りの回り道が、週1日ぶん減る", "地域で長く選ばれる", "食材が毎週そろう"):
        expect(page.locator("#match")).to_contain_text(gain)
    expect(page.locator("#match")).to_contain_text("合意")


def supports_this_year(walk: Matching) -> int:
    """企業連携による地域活動支援, as the manager reads it."""
    page = walk.who("manager")
    page.goto(reverse("kpi:cases", args=["activities"]))
    return int(re.search(r"(\d+)件", page.get_by_role("heading", level=1).inner_text()).group(1))


def deliver_three_times(walk: Matching) -> None:
    page = walk.case("#match")
    page.locator("#match").get_by_role("link", name="地域活動支援の約束を書く").click()
    page.locator("input[name=recipient]").fill(PARTNER)
    page.locator("input[name=purpose]").fill("食材の提供")
    page.get_by_role("button", name="約束を残す").click()
    for day in last_days(3):
        page.get_by_label(re.compile("実施した日")).fill(day.isoformat())
        press(page.get_by_role("button", name="実施を残す"))
    expect(page.locator("body")).to_contain_text("3回")


def last_days(count: int) -> list[date]:
    """The days up to today, of one fiscal year but on its first two days."""
    today = timezone.localdate()
    return [today - timedelta(n) for n in range(count)]

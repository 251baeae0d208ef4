"""A day's work of the desk, as two officers do it: from a paper in the morning to the list written out."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from cityhall.tables import write_csv, write_xlsx
from tests.browser.hands import press
from tests.journeys.desk_hands import (
    LIST,
    TITLE,
    Day,
    bring,
    enter,
    export,
    in_words,
    number_in,
    order_export,
    print_out,
    read,
    side_fact,
)
from tests.journeys.whole_way import pass_the_gate

FIRST_TALK = date.today() - timedelta(days=9)
OUTSIDE_CP932 = "𠮷"


def work_a_day(day: Day) -> None:
    """Every stage uses what the ones before left behind."""
    enter_the_paper(day)
    hand_over_the_slip(day)
    enter_the_same_by_telephone(day)
    merge_the_double(day)
    accept_and_take_back(day)
    ask_the_proposer(day)
    answer_the_gate(day)
    read_it_twice(day)
    write_one_summary_at_a_time(day)
    ask_the_sections_and_send_back(day)
    take_in_the_old_ledger(day)
    take_in_the_mended_ledger(day)
    assign_many_at_once(day)
    find_by_two_signs_and_keep_the_list(day)
    write_the_list_out(day)


# --- what came in ----------------------------------------------------------


def enter_the_paper(day: Day) -> None:
    page = day.who("desk")
    page.goto("/admin/")
    page.get_by_role("link", name="紙・電話の受付を入れる").click()
    enter(page, how="paper", first_contact_on=FIRST_TALK)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("受付票をつくる"))
    day.number = number_in(page.url)


def hand_over_the_slip(day: Day) -> None:
    """Number and code on paper, and nothing of the page around them; with these the proposer looks in."""
    page = day.who("desk")
    press(page.get_by_role("button", name="受付票をつくる"))
    day.code = page.locator(".z-slip dd").nth(1).inner_text()
    printed = print_out(page, day.folder / "slip.pdf")
    assert day.number in printed and day.code in printed, printed
    assert "案件に戻る" not in printed and "今日の窓口" not in printed
    theirs = day.who("company")
    theirs.goto("/receipt/")
    theirs.get_by_label("受付番号").fill(day.number)
    theirs.get_by_label("確認番号").fill(day.code)
    theirs.get_by_role("button", name="進みぐあいを見る").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text(TITLE)


def enter_the_same_by_telephone(day: Day) -> None:
    """The colleague does not know of the paper; the desk says at once that it is like one."""
    page = day.who("colleague")
    page.goto(f"{LIST}add/")
    enter(page, how="phone", first_contact_on=FIRST_TALK - timedelta(days=5))
    day.double = number_in(page.url)
    expect(page.locator("body")).to_contain_text(f"似ている案件があります：{day.number}")


def merge_the_double(day: Day) -> None:
    """Both numbers stay; the earlier talk is the first contact of the one that goes on."""
    page = day.open(day.double, "colleague")
    page.get_by_role("link", name=re.compile(f"見比べる.*{day.number}")).click()
    expect(page.locator(".z-compare")).to_contain_text(TITLE)
    page.get_by_label("理由").fill("同じ提案が、紙と電話で届いたため")
    press(page.get_by_role("button", name=f"{day.double} を {day.number} にまとめる"))
    assert number_in(page.url) == day.number
    began = side_fact(page, "初回相談日")
    assert in_words(FIRST_TALK - timedelta(days=5)) in began, began
    expect(day.open(day.double, "colleague").locator("#now")).to_contain_text(
        f"{day.number} にまとめました。"
    )


# --- ② sorting it out ------------------------------------------------------


def accept_and_take_back(day: Day) -> None:
    """A press too many is taken back; then it is meant."""
    page = day.open()
    page.locator("#now").get_by_role("button", name="受付を完了する").click()
    page.get_by_role("button", name="取り消す").click()
    expect(page.locator(".z-case-head")).to_contain_text("①受付")
    page.locator("#now").get_by_role("button", name="受付を完了する").click()
    expect(page.locator(".z-case-head")).to_contain_text("②内容整理")


def ask_the_proposer(day: Day) -> None:
    page = day.open(anchor="#talk")
    page.locator("summary", has_text="提案者に書く").click()
    page.get_by_label("提案者への文").fill("配達は、何曜日の何時ごろですか。")
    page.get_by_role("button", name="提案者に送る").click()
    expect(page.locator("#now")).to_contain_text("提案者の返事を待っています。")

    theirs = day.who("company")
    theirs.reload()
    theirs.get_by_label("お返事").last.fill("月曜から土曜の、夕方5時ごろです。")
    theirs.get_by_role("button", name="この返事を送る").click()
    expect(theirs.locator("main")).to_contain_text("夕方5時ごろです。")

    page.reload()
    expect(page.locator("#talk")).to_contain_text("月曜から土曜の、夕方5時ごろです。")
    press(page.get_by_role("button", name="読みました"))


def answer_the_gate(day: Day) -> None:
    page = day.open()
    pass_the_gate(page)
    expect(page.locator(".z-case-head")).to_contain_text("受付の確かめ 済み")


def read_it_twice(day: Day) -> None:
    """Two readers, nine viewpoints; 3 wants a word, a wide gap is shown, a total is not."""
    page = read(day, "desk", level="3")
    expect(page.locator("#content")).to_contain_text("3を選んだわけを、ひとことで書いてください。")
    page.get_by_label("観点1へのひとこと").fill("重点施策の見守りに、そのまま当たります。")
    page.get_by_role("button", name="見立てを残す").click()
    expect(page.locator("#viewpoints")).to_contain_text("2人目がまだ読んでいません。")

    page = read(day, "colleague", level="1")
    expect(page.locator("#viewpoints")).to_contain_text("2つの開き")
    expect(page.locator("#viewpoints")).to_contain_text("合計は出しません。")


def write_one_summary_at_a_time(day: Day) -> None:
    """Two have the page open; who saves second sees both texts and loses nothing."""
    mine, theirs = day.open(), day.open(who="colleague")
    theirs.get_by_label("窓口の要約").fill("夕食を届けるときに、声をかける提案です。")
    theirs.get_by_role("button", name="要約を保存する").click()
    expect(theirs.locator("body")).to_contain_text("要約を保存しました。")

    mine.get_by_label("窓口の要約").fill("配達の時間は、月曜から土曜の夕方です。")
    mine.get_by_role("button", name="要約を保存する").click()
    both = mine.locator(".z-pair")
    expect(both).to_contain_text("夕食を届けるときに、声をかける提案です。")
    expect(both).to_contain_text("配達の時間は、月曜から土曜の夕方です。")
    mine.get_by_role("button", name="選んだとおりに保存する").click()

    saved = mine.get_by_label("窓口の要約")
    expect(saved).to_have_value(re.compile("声をかける提案です。.*月曜から土曜の夕方です。", re.S))


def ask_the_sections_and_send_back(day: Day) -> None:
    """Both sections get a sheet; what is unclear after all goes back to ②, with its reason kept."""
    page = day.open()
    form = page.locator("#sheets form")
    form.get_by_label("つなぎ先の課（1）").select_option(label="こども家庭課")
    form.get_by_label("つなぎ先の課（2）").select_option(label="地域福祉課")
    form.get_by_label("つなぐ理由（1）").fill("見守りを担当しているため")
    form.get_by_role("button", name="選んだ課に送る").click()
    expect(page.locator("#sheets tbody tr")).to_have_count(2)
    page.locator("#now, #moves").get_by_role("button", name="関係課ヒアリングへ進める").first.click()
    expect(page.locator(".z-case-head")).to_contain_text("③関係課ヒアリング")

    page.locator("#moves").get_by_role("link", name="内容整理へ戻す").click()
    page.get_by_role("button", name="内容整理へ戻す").click()
    expect(page.locator("body")).to_contain_text("お書きください。")
    page.get_by_label("理由").fill("費用の分担を、先に聞き取ります。")
    page.get_by_role("button", name="内容整理へ戻す").click()
    expect(page.locator(".z-case-head")).to_contain_text("②内容整理")
    expect(page.locator("#record")).to_contain_text("費用の分担を、先に聞き取ります。")


# --- the old spreadsheet ---------------------------------------------------

COLUMNS = ["番号", "区分", "件名", "団体名", "団体区分", "初回相談日", "受付日", "庁内調整開始日"]
LEDGER = [
    ["K1", "提案", "架空の学習室", "架空学習株式会社", "企業", "2026-04-13", "2026-04-20", "2026-04-24"],
    ["K2", "提案", "架空の堆肥", "架空造園株式会社", "企業", "2026-05-11", "2026-05-12", "2026-05-01"],
    ["K3", "提案", "架空の点検", "架空点検株式会社", "謎", "2026-06-01", "2026-06-02", ""],
    ["K4", "相談", f"架空の{OUTSIDE_CP932}野さんの畑", "架空農園", "NPO法人", "2026-06-01", "", ""],
]
STARTED = LEDGER[0][:-1]
MENDED = [
    [*STARTED, "2026-04-28"],  # changed in the file meanwhile
    [*LEDGER[1][:-1], "2026-05-15"],
    ["K3", "提案", "架空の点検", "架空点検株式会社", "企業", *LEDGER[2][5:]],
    LEDGER[3],
]


def take_in_the_old_ledger(day: Day) -> None:
    """Two rows are wrong: they are told by line and reason, and the others come in without them."""
    page = bring(day, "台帳.csv", write_csv(COLUMNS, LEDGER))
    told = page.get_by_role("alert")
    expect(told).to_contain_text("3行目 K2：庁内調整開始日：初回相談日より前の日です。")
    expect(told).to_contain_text("4行目 K3：団体区分")
    page.get_by_role("button", name="2行を除いて、2件を取り込む").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("取り込みました")
    expect(page.locator("#content")).to_contain_text("入らなかった行")


def take_in_the_mended_ledger(day: Day) -> None:
    """The same file put right: what it would change is seen before it changes."""
    page = bring(day, "台帳.xlsx", write_xlsx(COLUMNS, MENDED, title="台帳"))
    expect(page.locator("ins", has_text="2026-04-28")).to_be_visible()
    expect(page.locator("del", has_text="2026-04-24")).to_be_visible()
    page.get_by_role("button", name="3件を取り込む").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("取り込みました")
    page.goto(f"{LIST}?list=all")
    expect(page.locator(".z-desk-rows tbody tr")).to_have_count(2 + len(MENDED))


# --- many at once, found and taken out -------------------------------------


def assign_many_at_once(day: Day) -> None:
    """Before anything is done: who would get a new officer, and who is left out, and why."""
    page = day.open(anchor="#proposal")
    page.get_by_label("担当").select_option(label="架空のcolleague")
    press(page.get_by_role("button", name="要約を保存する"))
    page.goto(LIST)
    for box in page.locator(".z-desk-rows input[name=case]").all():
        box.check()
    page.get_by_role("button", name="担当を決める").click()
    page.get_by_label("担当").select_option(label="架空のcolleague")
    page.get_by_role("button", name="行う前に確かめる").click()
    reached, skipped = (
        page.get_by_role("region", name="行う案件"),
        page.get_by_role("region", name="飛ばす案件"),
    )
    expect(reached.get_by_role("listitem")).to_have_count(len(MENDED))
    expect(skipped).to_contain_text(f"{day.number} {TITLE}もう架空のcolleagueが担当です。")

    page.get_by_role("button", name=f"担当を決める（{len(MENDED)}件）").click()
    expect(page.locator("#content")).to_contain_text(f"{len(MENDED)}件できました。")
    page.goto(LIST)
    expect(page.locator(".z-desk-rows tbody tr", has_text="架空のcolleague")).to_have_count(1 + len(MENDED))


def find_by_two_signs_and_keep_the_list(day: Day) -> None:
    page = day.who("desk")
    page.keyboard.press("/")
    page.keyboard.type("見守")
    page.keyboard.press("Enter")
    expect(page.locator(".z-desk-rows")).to_contain_text(TITLE)
    expect(page.locator(".z-desk-rows")).not_to_contain_text("架空の学習室")
    page.get_by_role("link", name="この絞り込みに名前をつける").click()
    page.get_by_label("名前").fill("見守りの案件")
    page.get_by_label("窓口のみんなで使う").check()
    press(page.get_by_role("button", name="名前をつけて残す"))

    theirs = day.who("colleague")
    theirs.goto("/admin/")
    theirs.get_by_role("navigation", name="一覧").get_by_role("link", name="見守りの案件").click()
    expect(theirs.locator(".z-desk-rows")).to_contain_text(TITLE)


def write_the_list_out(day: Day) -> None:
    """The whole list as XLSX and UTF-8; CP932 says which row it cannot hold, and takes the others."""
    for name, encoding in (("XLSX（Excel）", "xlsx"), ("CSV（UTF-8・BOM付き）", "utf-8-sig")):
        table = export(day, "list=open", name)
        assert table.encoding == encoding
        assert LEDGER[3][2] in [row["件名"] for row in table.rows]

    page = order_export(day, "list=open", "CSV（CP932・古いExcel）")
    expect(page.locator("#content")).to_contain_text("書けない文字があるため、ファイルは作っていません。")
    expect(page.locator("#content")).to_contain_text(
        f"「件名」の「{OUTSIDE_CP932}」は、この文字コードでは書けません。"
    )

    table = export(day, "q=見守", "CSV（CP932・古いExcel）")
    assert table.encoding == "cp932"
    assert TITLE in [row["件名"] for row in table.rows]

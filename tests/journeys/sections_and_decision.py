"""What sections do with a case, day by day: asked, passed on, put in mind, decided, closed."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from proposals.models import Proposal
from proposals.workflow import DECISIONS
from tests.browser.hands import press
from tests.journeys.people import PASSWORD, SECTIONS
from tests.journeys.weeks import Weeks, deeds_of_a_section, fits, letters_of_due_days, paper_in
from tests.journeys.whole_way import fix_the_model, pass_the_gate, press_move, refer

KODOMO, CHIIKI = SECTIONS
THIRD = "都市整備課"
OF_HEADS = [*DECISIONS, "fulfil", "lapse", "back_to_model"]


def walk_these_weeks(walk: Weeks) -> None:
    """Every stage uses what the ones before left behind."""
    ask_two_sections(walk)
    answer_side_by_side(walk)
    put_the_third_in_mind(walk)
    answer_late(walk)
    put_together_what_differs(walk)
    weigh_and_refer(walk)
    draft_the_verdict(walk)
    try_as_the_desk(walk)
    decide_on_condition(walk)
    tell_it_later(walk)
    close_the_conditions(walk)
    begin_the_journey(walk)


# --- ③ -----------------------------------------------------------------------


def ask_two_sections(walk: Weeks) -> None:
    """Each its own kind of request, in one press."""
    page = walk.case()
    page.get_by_role("button", name="受付を完了する").first.click()
    pass_the_gate(page)
    form = page.locator("#sheets form")
    kinds = zip(SECTIONS.values(), ("教えて", "一緒に考えて"), strict=True)
    for n, (section, kind) in enumerate(kinds, start=1):
        form.get_by_label(f"つなぎ先の課（{n}）").select_option(label=section)
        form.get_by_label(f"お願いの種類（{n}）").select_option(label=kind)
    form.get_by_label("つなぐ理由（1）").fill("夕方の見守りを担当しているため")
    press(form.get_by_role("button", name="選んだ課に送る"))
    press_move(walk, "start_hearing")


def answer_side_by_side(walk: Weeks) -> None:
    """Both pages are open before either answers; one knows another section, and has to name it."""
    mine = walk.sheet("member-kodomo", "返事を書く", 1)
    theirs = walk.sheet("member-chiiki", "返事を書く", 2)
    expect(mine.locator(".z-strip")).to_contain_text("教えて")
    expect(theirs.locator(".z-strip")).to_contain_text("一緒に考えて")

    mine.get_by_label("ほかの課へ回す").check()
    theirs.get_by_label("条件がそろえば受ける").check()
    theirs.get_by_label("そろえたい条件").fill("配達の曜日を、先に決めること。")
    theirs.get_by_label("課の名前と内容").check()
    mine.get_by_label("窓口がまとめた言葉だけ").check()
    mine.get_by_role("button", name="課長に確認を頼む").click()
    expect(mine.get_by_role("alert")).to_contain_text("「担当外」だけのお返事はできません。")
    theirs.get_by_role("button", name="課長に確認を頼む").click()
    expect(theirs.locator("main")).to_contain_text("課長に確認を頼みました")
    mine.get_by_label("回す先の課").select_option(label=THIRD)
    mine.get_by_label("回す理由").fill("通りの照明は、都市整備課の仕事です。")
    press(mine.get_by_role("button", name="課長に確認を頼む"))

    for name, running, told in (
        (KODOMO, 1, f"{THIRD}へ回しました"),
        (CHIIKI, 2, "お返事を窓口へ送りました"),
    ):
        page = walk.sheet(f"head-{name}", "確かめる", running)
        page.get_by_role("button", name="この返事を確定する").click()
        expect(page.locator("main")).to_contain_text(told)
    third = walk.sheet("head-toshi", "返事を書く", 3)
    expect(third.locator("main")).to_contain_text("通りの照明は、都市整備課の仕事です。")
    expect(third.locator("main")).not_to_contain_text("配達の曜日")  # sealed until all have answered


def put_the_third_in_mind(walk: Weeks) -> None:
    """A reminder before the day, a chaser after it: each once, and to nobody who has answered."""
    walk.day(date(2026, 7, 8))
    walk.day(date(2026, 7, 9))
    assert letters_of_due_days() == [("toshi@example.jp", "before")]
    walk.day(date(2026, 7, 13))
    walk.day(date(2026, 7, 14))
    assert letters_of_due_days() == [("toshi@example.jp", kind) for kind in ("before", "after")]


def answer_late(walk: Weeks) -> None:
    """The head alone, without a draft; the answer stops the letters and goes back to who passed it on."""
    page = walk.sheet("head-toshi", "返事を書く", 3)
    expect(page.locator(".z-strip")).to_contain_text("超過")
    page.get_by_label("いまは難しい").check()
    page.get_by_role("textbox", name="難しい理由").fill("照明の工事が続いています。")
    page.get_by_label("いつなら考えられますか").fill("10月から")
    page.get_by_label("課の名前と内容").check()
    press(page.get_by_role("button", name="この返事を確定する"))
    told = len(letters_of_due_days())
    walk.day(date(2026, 7, 15))
    assert len(letters_of_due_days()) == told

    back = walk.who("member-kodomo")
    back.goto(f"/section/sheets/{walk.number}/1/")
    expect(back.locator("main")).to_contain_text("照明の工事が続いています。")
    the_paper_of_the_sheet(walk)


def the_paper_of_the_sheet(walk: Weeks) -> None:
    page = walk.who("head-toshi")
    page.goto(f"/section/sheets/{walk.number}/3/")
    page.get_by_role("button", name="PDFにする").click()
    ready = page.get_by_role("link", name="PDFをひらく")
    expect(ready).to_be_visible(timeout=60_000)
    words = re.sub(r"\s", "", walk.read_back(page, ready.get_attribute("href")))
    for said in ("共創つなぐシート", THIRD, "■いまは難しい", "照明の工事が続いています。", "10月から"):
        assert said in words, said


def put_together_what_differs(walk: Weeks) -> None:
    """The case does not leave ③ before the desk has put the answers together; the sections read how."""
    page = walk.case()
    page.goto(f"/admin/proposals/proposal/{walk.number}/move/start_matching/")
    expect(page.locator("#content")).to_contain_text("分かれた課の返事を、窓口の言葉でまとめる")
    expect(walk.case("#sheets").locator(".z-three section")).to_have_count(2)
    page.get_by_label("窓口のまとめ").fill("曜日を決めて、照明のある道から始めます。")
    press(page.get_by_role("button", name="まとめを課に知らせる"))
    press_move(walk, "start_matching")
    theirs = walk.who("member-chiiki")
    theirs.goto(f"/section/cases/{walk.number}/")
    expect(theirs.locator("main")).to_contain_text("曜日を決めて、照明のある道から始めます。")


# --- ④ ⑤ ----------------------------------------------------------------------


def weigh_and_refer(walk: Weeks) -> None:
    page = walk.case()
    page.locator("#lead select").first.select_option(label=SECTIONS[CHIIKI])
    press(page.get_by_role("button", name="所管課に決める"))
    press_move(walk, "start_model")
    fix_the_model(walk)
    page.goto(f"/admin/proposals/proposal/{walk.number}/fairness/")
    page.get_by_label("不要").check()
    page.get_by_label("その理由").fill("市の支出も、場所の独占もないため")
    page.get_by_label("協働型").check()
    press(page.get_by_role("button", name="公平さの確かめを残す"))
    refer(walk)


# --- ⑥ -----------------------------------------------------------------------


def draft_the_verdict(walk: Weeks) -> None:
    """A member prepares it on the telephone; it is nothing yet."""
    page = walk.who("member-chiiki")
    page.goto("/section/")
    page.get_by_role("link", name=re.compile(f"下書きを書く.*{walk.number}")).click()
    expect(page.locator("main")).to_contain_text("曜日を決めて、照明のある道から始めます。")
    page.get_by_label("条件付採用").check()
    page.locator("[name=code_go_if]").select_option(index=1)
    page.fill("[name=reason]", "見守りの手が届く世帯が増えると見込まれるため。")
    for n, (text, owner, due) in enumerate(CONDITIONS, start=1):
        page.fill(f"[name=condition{n}_text]", text)
        page.fill(f"[name=condition{n}_owner]", owner)
        page.fill(f"[name=condition{n}_due]", due)
    page.get_by_label("起案番号").fill("座地福第1号")
    page.get_by_role("button", name="所属長に確認を頼む").click()
    expect(page.locator("main")).to_contain_text("所属長に確認を頼みました")
    fits(page)


CONDITIONS = [
    ("配達の曜日を決めること", "架空配送株式会社", "2026-07-31"),
    ("照明のある道の図をつくること", "都市整備課", "2026-08-31"),
]


def try_as_the_desk(walk: Weeks) -> None:
    """Every address of a section's deed, every move of a head, the deed on many: none decides."""
    page = walk.case()
    assert page.get_by_role("button", name=re.compile("採用|見送|継続協議")).count() == 0
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    verdict = {"verdict": "go", "code_go": "effect", "decided_on": "2026-07-15", "password": PASSWORD}
    verdict |= {"go": "record", "answer": "yes", "reason": "架空", "draft_number": "1", "authority": "own"}
    version = str(Proposal.objects.get().version)
    verdict |= {"csrfmiddlewaretoken": token, "version": version, "draft": "1"}
    deeds = [f"/section/cases/{walk.number}/{deed}" for deed in deeds_of_a_section()]
    deeds += [f"/admin/proposals/proposal/{walk.number}/move/{name}/" for name in OF_HEADS]
    here = {"Referer": page.url}

    codes = {deed: page.request.post(deed, form=verdict, headers=here).status for deed in deeds}

    assert codes == dict.fromkeys(deeds, 404)
    assert f"/section/cases/{walk.number}/decide/" in deeds
    for kind in DECISIONS:
        many = {"csrfmiddlewaretoken": token, "kind": kind, "case": walk.number, "go": "send"}
        page.request.post("/admin/proposals/proposal/bulk/", form=many, headers=here)
    page.goto(f"/admin/proposals/proposal/{walk.number}/prepare/")
    expect(page.locator("body")).to_contain_text("代理入力はできません")
    expect(walk.case().locator(".z-case-head")).to_contain_text("⑥案件化判断")


def decide_on_condition(walk: Weeks) -> None:
    """With the own password alone; the proposer's page stays as it was."""
    before = walk.receipt().locator("main").inner_text()
    page = walk.who("head-chiiki")
    page.goto("/section/")
    page.get_by_role("link", name=re.compile(f"確かめる.*{walk.number}")).click()
    page.fill("input[name=password]", "違う合言葉")
    page.get_by_role("button", name="条件付採用として記録する").click()
    expect(page.get_by_role("alert").first).to_contain_text("パスワード")
    expect(page.locator("[name=condition2_text]")).to_have_value(CONDITIONS[1][0])
    fits(page)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="条件付採用として記録する").click()
    expect(page.locator("main")).to_contain_text("記録しました。提案者にはまだ届いていません。")
    expect(walk.receipt().locator("main")).to_have_text(before, use_inner_text=True)


def tell_it_later(walk: Weeks) -> None:
    """Days after; the letter is read before it goes, and is a paper afterwards."""
    walk.day(date(2026, 7, 21))
    expect(walk.receipt().locator("main")).not_to_contain_text("条件付採用")
    page = walk.case("#decision")
    page.locator("#decision").get_by_role("link", name="お知らせの文をひらく").click()
    page.get_by_label("文書番号").fill("座協第7号")
    page.get_by_role("button", name="提案者の見え方を確かめる").click()
    expect(walk.receipt().locator("main")).not_to_contain_text("条件付採用")
    page.get_by_role("button", name="この文でお知らせする").click()
    expect(walk.receipt().locator("main")).to_contain_text("条件付採用")

    theirs = walk.who("company")
    theirs.get_by_role("link", name="この文書をA4で見る・印刷する").click()
    words = re.sub(r"\s", "", walk.read_back(theirs, paper_in(theirs)))
    for said in ("座協第7号", "令和8年7月21日", CONDITIONS[0][0], "見守りの手が届く世帯"):
        assert said in words, said


# --- what it takes ------------------------------------------------------------


def close_the_conditions(walk: Weeks) -> None:
    """One is met, one is waived and says why; a day later it is put down as of the day of the last."""
    walk.day(date(2026, 7, 22))
    settle(walk, 1, "満たした", "2026-07-22", "曜日の表を受け取りました。")
    page = settle(walk, 2, "免じる", "2026-07-22", "")
    expect(page.get_by_role("alert").first).to_contain_text("免じる理由を書いてください。")
    walk.day(date(2026, 7, 24))
    settle(walk, 2, "免じる", "2026-07-24", "市の図がもうあるため")
    walk.day(date(2026, 7, 27))
    page = walk.who("head-chiiki")
    page.goto(f"/section/cases/{walk.number}/conditions/")
    press(page.get_by_role("button", name="条件がそろった（案件化する）"))
    case = Proposal.objects.get()
    assert (case.step, case.adopted_on) == ("adopted", date(2026, 7, 24))


def settle(walk: Weeks, running: int, how: str, on: str, words: str) -> Page:
    page = walk.who("head-chiiki")
    page.goto("/section/")
    page.get_by_role("link", name=re.compile(f"確かめる.*{walk.number}")).click()
    fits(page)
    form = page.locator(f"#condition{running}")
    form.get_by_label(re.compile(how)).check()
    form.get_by_label("確かめた日").fill(on)
    form.get_by_label("理由・確かめ方").fill(words)
    press(form.get_by_role("button", name=f"条件{running}の確かめを記録する"))
    return page


def begin_the_journey(walk: Weeks) -> None:
    page = walk.case()
    page.get_by_role("link", name="共創プロジェクトを開く").click()
    expect(page.locator("main")).to_contain_text("令和8年7月24日")
    page.get_by_role("button", name="この内容で開く").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"TRIP-R\d+-\d\d"))

"""The editor of a logic model in the browser: three pairs of hands, two people at once, a cut line."""

import pytest
from playwright.sync_api import expect

from logicmodels import services
from logicmodels.content import numbers
from tests import make
from tests import make_logicmodels as lm
from tests.browser.builders import Forms, Keys, Pointer
from tests.browser.hands import barriers, come_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk():
    return make.desk()


def editor(context, live_server, draft, path=""):
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 1000})
    come_in(page, live_server, draft.changed_by, f"{draft.get_absolute_url()}{path}")
    return page


def boxes(content):
    return [(node["column"], node["text"], node["side"]) for node in content["nodes"]]


def ways(content):
    given = numbers(content)
    return {(given[way["from"]], given[way["to"]], way["evidence"]) for way in content["arrows"]}


@pytest.mark.parametrize("hands", [Keys, Pointer, Forms])
def test_trip_0_0_is_built(new_context, live_server, desk, hands):
    wanted, draft = lm.trip00(), services.start(None, by=desk, title="居住支援")
    context = new_context(java_script_enabled=hands.with_script)
    builder = hands(editor(context, live_server, draft), draft.get_absolute_url())

    for column, text, side in boxes(wanted):
        builder.add(column, text, side)
    for source, target, grade in sorted(ways(wanted)):
        builder.connect(source, target, grade)

    built = draft.as_content()
    assert boxes(built) == boxes(wanted)
    assert ways(built) == ways(wanted)


def test_a_box_is_carried_to_another_column_and_everything_can_be_undone(new_context, live_server, desk):
    draft = lm.model(lm.sound(), by=desk)
    before = draft.as_content()
    page = editor(new_context(), live_server, draft)
    hands = Pointer(page, "")
    said = page.locator("[data-said]")

    hands.box("1-2").hover()
    page.mouse.down()
    hands.box("2-1").hover(position={"x": 40, "y": 4})
    page.mouse.up()
    expect(said).to_have_text("「料理をつくる人」を動かしました。")
    moved = [node["id"] for node in draft.as_content()["nodes"] if node["column"] == "activity"]
    expect(hands.box("2-1")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(hands.box("2-2")).to_be_focused()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="この箱を消す").press("Enter")
    expect(page.locator(".lm-picture svg a")).to_have_count(6)
    for _ in range(3):
        page.locator(".lm-picture svg a[tabindex='0']").press("Control+z")
        expect(said).to_contain_text("元に戻しました")
        said.evaluate("element => element.textContent = ''")
    page.locator(".lm-picture svg a[tabindex='0']").press("Control+z")
    expect(said).to_contain_text("元に戻しました")

    assert moved == ["cook", "activity"]
    assert draft.editions.count() == 0 and before["title"] == draft.title


def test_two_people_write_at_once_and_lose_nothing_even_when_the_line_is_cut(new_context, live_server, desk):
    draft = lm.model(lm.sound(), by=desk)
    mine = new_context()
    page = editor(mine, live_server, draft, "nodes/cook/")
    other = editor(new_context(), live_server, draft, "nodes/cook/")
    words, said = page.get_by_label("言葉"), page.locator("[data-said]")
    cook = page.locator("svg a[href$='/nodes/cook/']")

    words.fill("わたしの言葉")
    expect(cook).to_contain_text("わたしの言葉")
    other.get_by_label("言葉").fill("ほかの人の言葉")
    other.get_by_label("言葉").press("Enter")
    expect(page.locator(".lm-theirs")).to_contain_text("「ほかの人の言葉」")
    expect(words).to_have_value("わたしの言葉")
    expect(words).to_be_focused()
    expect(cook).to_contain_text("わたしの言葉")

    words.press("Enter")
    expect(page.locator(".z-errors")).to_be_focused()
    expect(words).to_have_value("わたしの言葉")
    expect(page.locator("#panel")).to_contain_text("ほかの人が「ほかの人の言葉」に直しました")
    words.press("Enter")
    expect(cook).to_be_focused()
    expect(other.locator("svg a[href$='/nodes/cook/']")).to_contain_text("わたしの言葉")

    words.fill("切れても残る言葉")
    mine.set_offline(True)
    words.press("Enter")
    expect(said).to_contain_text("つながっていません")
    expect(words).to_have_value("切れても残る言葉")
    mine.set_offline(False)
    expect(other.locator("svg a[href$='/nodes/cook/']")).to_contain_text("切れても残る言葉")
    expect(words).to_have_value("切れても残る言葉")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_editor_is_accessible_with_its_script(page, live_server, desk, width):
    draft = lm.model(lm.trip00(), by=desk)
    page.set_viewport_size({"width": width, "height": 800})
    come_in(page, live_server, desk, draft.get_absolute_url())
    complaints = {}

    def look(place):
        complaints[place] = barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator(".lm-chain").get_by_role("link", name="4-3").click()
    expect(page.get_by_role("button", name="この箱を保存する")).to_be_visible()
    look("box")
    for name, heading in (
        ("5-2 つなぎ先を知る", "矢印 4-3 → 5-2"),
        ("やめて戻る", "4-3 アウトカム 短期"),
        ("この箱を消す", "を消しますか"),
        ("題・核・外からの影響を直す", "図のまわりの言葉"),
    ):
        page.locator("#panel, .lm-tools").get_by_role("link", name=name).click()
        expect(page.locator("#panel").get_by_role("heading", level=2)).to_contain_text(heading)
        look(heading)
    page.locator("[data-help]").click()
    look("?")

    assert {place: wrong for place, wrong in complaints.items() if wrong} == {}

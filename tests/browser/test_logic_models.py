import pytest
from playwright.sync_api import expect

from logicmodels.models import LogicModel
from proposals.workflow import Step
from tests import make
from tests import make_logicmodels as lm
from tests.browser.hands import barriers, come_in, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk():
    return make.desk()


def test_every_page_of_a_model_is_accessible_and_asks_nothing_outside(page, live_server, desk):
    edition = lm.edition(lm.trip00(), by=desk)
    home = edition.model.get_absolute_url()
    complaints, asked = [], []
    page.on(
        "console", lambda message: complaints.append(message.text) if "Security" in message.text else None
    )
    page.on("request", lambda request: asked.append(request.url))
    come_in(page, live_server, desk)

    for path in (
        "/logic-models/",
        "/logic-models/new/",
        home,
        f"{home}nodes/S2/",
        f"{home}nodes/S2/remove/",
        f"{home}nodes/add/input/",
        f"{home}nodes/S2/indicators/1/",
        f"{home}arrows/add/?from=S2",
        f"{home}arrows/S2/M2/",
        f"{home}assumptions/1/",
        f"{home}words/",
        f"{home}fix/",
        edition.get_absolute_url(),
        f"{edition.get_absolute_url()}print/A3/",
    ):
        page.goto(f"{live_server}{path}")
        assert (path, barriers(page)) == (path, [])

    assert complaints == []
    assert [url for url in asked if not url.startswith((str(live_server), "data:"))] == []


@pytest.mark.parametrize("with_script", [True, False])
def test_the_desk_builds_and_fixes_a_model_by_keyboard_and_buttons(
    new_context, live_server, desk, with_script
):
    case = make.proposal(Step.LOGIC_MODEL, by=desk)
    page = new_context(java_script_enabled=with_script).new_page()
    come_in(page, live_server, desk)
    page.goto(f"{live_server}/admin/proposals/proposal/{case.number}/change/")

    page.get_by_role("button", name="ロジックモデルを始める").click()
    page.locator("a[href$='/nodes/add/activity/']").click()
    page.get_by_label("言葉").fill("毎日の夕食を手渡しで届ける")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="この箱を加える").press("Enter")
    expect(page.get_by_role("button", name="この箱を保存する")).to_be_visible()
    page.get_by_role("link", name="矢印を足す", exact=True).click()
    page.get_by_label("もとの箱").select_option(index=1)
    page.get_by_label("さきの箱").select_option(label="2-1 毎日の夕食を手渡しで届ける")
    page.get_by_label("C 現場の経験").check()
    page.get_by_role("button", name="この矢印を足す").click()
    expect(page.get_by_role("button", name="この矢印を足す")).to_have_count(0)
    page.get_by_role("link", name="試行版にする").click()
    fix = page.get_by_role("button", name="試行版として固定する")
    expect(fix).to_be_visible()
    for field in page.locator("textarea").all():
        field.fill("年度の末までに、所管課と話し合って決めます。")
    press(fix)

    draft = LogicModel.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(draft.title)
    assert draft.editions.get().content["arrows"][0]["evidence"] == "C"
    assert make.reload(case).logic_model_fixed_at


def test_a_box_of_the_picture_leads_to_its_form(page, live_server, desk):
    draft = lm.model(lm.trip00(), by=desk)
    come_in(page, live_server, desk)
    page.goto(f"{live_server}{draft.get_absolute_url()}")

    page.locator("svg a", has_text="4-3").click()

    expect(page.locator("#panel").get_by_role("heading", level=2)).to_have_text("4-3 アウトカム 短期")
    expect(page.get_by_label("言葉")).to_have_value("支援者どうしが、互いの立場を知る")


def test_a_narrow_window_scrolls_the_picture_and_not_the_page(page, live_server, desk):
    draft = lm.model(lm.trip00(), by=desk)
    page.set_viewport_size({"width": 390, "height": 800})
    come_in(page, live_server, desk)

    for path in (draft.get_absolute_url(), f"{draft.get_absolute_url()}nodes/S2/"):
        page.goto(f"{live_server}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

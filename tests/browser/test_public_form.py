import re

import pytest
from playwright.sync_api import expect

from proposals.models import Attachment, Draft, Proposal, Submission
from tests import make_files
from tests.browser.hands import press, wrong_with
from tests.make_public import CONSULTATION, PROPOSAL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENT = "受け付けました"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


def fill(page, words):
    """What this part asks for, of these words."""
    for name, value in words.items():
        for one in value if isinstance(value, list) else [value]:
            field = page.locator(
                f'main [name="{name}"]:is([value="{one}"], :not([value], [type=hidden])), '
                f'main [name="{name}"]:is([type=email], [type=text])'
            ).first
            if not field.count() or not field.is_visible():
                continue
            if field.get_attribute("type") in ("radio", "checkbox"):
                field.check()
            else:
                field.fill(one)


def begin(page, live_server, words, until="load"):
    page.goto(f"{live_server}/propose/")
    page.check(f'[name="track"][value="{words["track"]}"]')
    page.get_by_role("button", name="書きはじめる").click()
    page.wait_for_url("**/propose/1/", wait_until=until)


def go_on(page):
    page.get_by_role("button", name="保存して次へ進む").click()


def write(page, live_server, words):
    """From the start page to the last."""
    begin(page, live_server, words)
    while not page.url.endswith("/confirm/"):
        here = page.url
        fill(page, words)
        go_on(page)
        expect(page).not_to_have_url(here)
        page.wait_for_load_state()


def send(page, words):
    fill(page, words)
    page.get_by_role("button", name="この内容で送る").click()


def title(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("words", [CONSULTATION, PROPOSAL], ids=["consultation", "proposal"])
@pytest.mark.parametrize("with_script", [True, False])
def test_either_track_is_sent_with_and_without_script(new_context, live_server, words, with_script):
    page = new_context(java_script_enabled=with_script).new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    write(page, live_server, words)

    send(page, words)

    expect(title(page)).to_have_text(SENT)
    assert Submission.objects.get().overview == words["overview"]
    assert Proposal.objects.get().track == words["track"]


def test_a_draft_is_gone_on_with_in_a_second_browser(new_context, live_server):
    first, second = new_context().new_page(), new_context().new_page()
    begin(first, live_server, PROPOSAL)
    fill(first, PROPOSAL)
    go_on(first)
    first.fill("#id_title", "途中まで書いた件名")
    press(first.get_by_role("button", name="保存して、あとで続ける"))
    code = re.search(r"(?:\w{4}-){3}\w{4}", first.locator("main").inner_text())[0]

    second.goto(f"{live_server}/propose/")
    second.get_by_label("下書き番号").fill(code.lower().replace("-", ""))
    second.get_by_role("button", name="続きを開く").click()

    expect(title(second)).to_have_text("提案の内容")
    expect(second.locator("#id_title")).to_have_value("途中まで書いた件名")
    assert code not in second.url


def test_an_answer_is_mended_from_the_last_page(page, live_server):
    write(page, live_server, PROPOSAL)

    page.get_by_role("link", name=re.compile("直す.*件名")).click()
    page.fill("#id_title", "最後の画面から直した件名")
    page.get_by_role("button", name="保存して確認の画面へ").click()

    expect(page).to_have_url(re.compile("/propose/confirm/$"))
    expect(page.locator("main")).to_contain_text("最後の画面から直した件名")


def test_the_back_button_of_the_browser_finds_every_word(page, live_server):
    begin(page, live_server, PROPOSAL)
    fill(page, PROPOSAL)
    go_on(page)
    expect(title(page)).to_have_text("提案の内容")

    page.go_back()

    expect(page.locator("#id_address")).to_have_value(PROPOSAL["address"])


def test_back_after_sending_tells_the_number_and_makes_no_second_case(page, live_server):
    write(page, live_server, CONSULTATION)
    send(page, CONSULTATION)
    expect(title(page)).to_have_text(SENT)

    page.go_back()

    number = Proposal.objects.get().number
    expect(page.locator("main")).to_contain_text(f"この下書きは、{number} として受け付けています")


def test_two_presses_make_one_case(page, live_server):
    write(page, live_server, CONSULTATION)
    fill(page, CONSULTATION)

    page.get_by_role("button", name="この内容で送る").dblclick()

    expect(title(page)).to_have_text(SENT)
    assert Proposal.objects.count() == 1


def test_a_cut_connection_loses_nothing(context, page, live_server):
    begin(page, live_server, CONSULTATION)
    page.wait_for_load_state("load")
    context.set_offline(True)
    expect(page.locator("[data-told]")).to_contain_text("つながったら保存します")
    page.fill("#id_organization_name", "切れているあいだに書いた名前")

    context.set_offline(False)

    expect(page.locator("[data-told]")).to_contain_text("に保存しました")
    assert Draft.objects.get().answers["organization_name"] == "切れているあいだに書いた名前"


def test_what_is_written_is_saved_by_itself(page, live_server):
    page.clock.install()
    begin(page, live_server, CONSULTATION)
    page.fill("#id_organization_name", "自動で保存される名前")

    page.clock.run_for(31_000)

    expect(page.locator("[data-told]")).to_contain_text("に保存しました")
    assert Draft.objects.get().answers["organization_name"] == "自動で保存される名前"


def test_what_is_written_before_the_script_arrives_is_saved_too(page, live_server):
    slow = []
    page.clock.install()
    page.route("**/js/draft*.js", lambda route: slow.append(route))
    begin(page, live_server, CONSULTATION, until="commit")
    page.fill("#id_organization_name", "細い回線の架空の会社")
    while not slow:
        page.wait_for_timeout(50)

    slow.pop().continue_()
    page.wait_for_load_state()
    page.clock.run_for(31_000)

    expect(page.locator("[data-told]")).to_contain_text("に保存しました")
    assert Draft.objects.get().answers["organization_name"] == "細い回線の架空の会社"


def test_files_are_added_refused_and_taken_off_beside_the_words(page, live_server, tmp_path):
    good, bad = tmp_path / "図面.png", tmp_path / "道具.exe"
    good.write_bytes(make_files.png())
    bad.write_bytes(b"MZ")
    begin(page, live_server, PROPOSAL)
    page.goto(f"{live_server}/propose/3/")
    page.fill("#id_brings_note", "机と明かり")
    page.set_input_files("#id_papers", [good, bad])

    page.get_by_role("button", name="選んだ書類を加える").click()

    expect(page.locator(".z-errors")).to_contain_text("「道具.exe」は受け取れませんでした。")
    expect(page.locator("#id_brings_note")).to_have_value("机と明かり")
    page.get_by_role("button", name="「図面.png」を外す").click()
    expect(page.get_by_role("link", name="図面.png")).to_have_count(0)
    assert not Attachment.objects.exists()


def test_enter_in_a_field_goes_on_and_takes_no_file_off(page, live_server, tmp_path):
    (tmp_path / "図面.png").write_bytes(make_files.png())
    begin(page, live_server, PROPOSAL)
    page.goto(f"{live_server}/propose/3/")
    fill(page, PROPOSAL)
    page.set_input_files("#id_papers", tmp_path / "図面.png")
    press(page.get_by_role("button", name="選んだ書類を加える"))

    page.locator("#id_brings_note").press("Enter")

    expect(page).to_have_url(re.compile("/propose/confirm/$"))
    assert Attachment.objects.count() == 1


def test_what_an_answer_opens_is_hidden_until_it_is_chosen(page, live_server):
    begin(page, live_server, PROPOSAL)
    page.goto(f"{live_server}/propose/3/")
    amount = page.get_by_label("概算額（円）")

    expect(amount).to_be_hidden()
    page.locator("main").get_by_label("あり", exact=True).check()
    expect(amount).to_be_visible()


def test_after_an_error_the_summary_has_the_focus_and_leads_to_the_field(page, live_server):
    begin(page, live_server, CONSULTATION)
    page.goto(f"{live_server}/propose/2/")
    fill(page, CONSULTATION | {"title": "短い"})

    go_on(page)

    expect(page.locator(".z-errors")).to_be_focused()
    page.locator(".z-errors a").click()
    expect(page.locator("#id_title")).to_be_focused()


def test_the_counter_counts_what_a_person_sees(page, live_server):
    begin(page, live_server, CONSULTATION)
    page.goto(f"{live_server}/propose/2/")

    page.fill("#id_title", "か\u3099き\u3099く\u3099")

    expect(page.locator('[data-count-for="id_title"]')).to_have_text("3 / 40字")


def test_no_page_of_the_form_has_a_barrier_or_scrolls_sideways_or_asks_anybody_else(page, live_server):
    asked, found = set(), {}
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    begin(page, live_server, PROPOSAL)

    def look(name):
        found[name] = wrong_with(page)

    for name in ("", "1/", "2/", "3/", "confirm/", "later/"):
        page.goto(f"{live_server}/propose/{name}")
        look(name)
    for name in ("1/", "2/", "3/"):
        page.goto(f"{live_server}/propose/{name}")
        press(page.get_by_role("button", name="保存して次へ進む"))
        look(f"{name} refused")
    page.context.clear_cookies()
    page.goto(f"{live_server}/propose/2/")
    look("lost")

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert asked == {live_server.url.split("/")[2]}

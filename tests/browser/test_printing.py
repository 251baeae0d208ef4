"""What a page of the gate becomes on A4, as a browser prints it unasked: without grounds."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from proposals.services import asking_for
from proposals.workflow import Step
from tests import make
from tests.browser.hands import come_in
from tests.browser.test_public_form import PROPOSAL, fill, send, write
from tests.browser.test_receipt import open_receipt
from tests.make_receipt import CODE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


def sheets(page):
    """The words of each sheet."""
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(printed)).pages]


def test_number_and_code_are_one_sheet_with_the_desk_at_its_foot(page, live_server):
    write(page, live_server, PROPOSAL)
    send(page, PROPOSAL)
    expect(page.get_by_role("heading", level=1)).to_have_text("受け付けました")

    (sheet,) = sheets(page)

    assert "確認番号" in sheet and "市役所4階" in sheet
    assert "進みぐあいのページへ" not in sheet


def test_a_new_receipt_is_one_sheet(page, live_server):
    open_receipt(page, live_server, make.proposal(Step.INTAKE, code=CODE))

    (sheet,) = sheets(page)

    assert "六つの段階" in sheet and "担当課の判断" in sheet


@pytest.mark.parametrize("path", ["/status/", "/propose/", "/receipt/", "/receipt/lost/"])
def test_a_short_page_is_one_sheet(page, live_server, path):
    page.goto(f"{live_server}{path}")

    assert len(sheets(page)) == 1


def test_no_sheet_holds_the_foot_alone(page, live_server):
    write(page, live_server, PROPOSAL)

    last = sheets(page)[-1]

    assert "約束していただくこと" in last
    assert "直す" not in last


def test_what_was_chosen_is_seen_on_paper(page, live_server):
    write(page, live_server, PROPOSAL)
    fill(page, PROPOSAL)
    page.emulate_media(media="print")
    chosen = page.locator("main input:checked").first

    assert chosen.evaluate("field => getComputedStyle(field).printColorAdjust") == "exact"


HEADS = ["すること・覚え", "受付の確かめ", "所管課", "引き合わせ", "つながり", "判断"]


def printed_case(page, live_server, case):
    come_in(page, live_server, make.desk())
    page.goto(f"{live_server}/admin/proposals/proposal/{case.number}/change/")
    return [[line.strip() for line in sheet.splitlines() if line.strip()] for sheet in sheets(page)]


def test_a_case_on_paper_has_nothing_to_press_and_no_heading_without_words(page, live_server):
    case = make.proposal(Step.SORTING)

    found = printed_case(page, live_server, case)

    lines = [line for sheet in found for line in sheet]
    pressed = [
        "1つずつ確かめる",
        "することを加える",
        "提案者に書く",
        "課に尋ねる",
        "1人目として読む",
        "所管課に決める",
    ]
    assert [line for line in lines if any(words in line for words in pressed)] == []
    assert "すること・覚え" not in lines
    assert "まだ確かめていません。" in lines
    assert [sheet[-1] for sheet in found if sheet[-1] in HEADS] == []


def test_a_case_on_paper_shows_what_its_page_folds_up(page, live_server):
    case = make.proposal(Step.HEARING)
    sheet = case.hearings.get()
    asking_for.wish(sheet, by=make.member(sheet.department), text="曜日はいつですか。")

    lines = [line for sheet in printed_case(page, live_server, case) for line in sheet]

    said = "".join(lines)
    assert "曜日はいつですか。" in said and "まだ決まっていません。" in said
    assert "提案者に尋ねる・答える" not in said and "全文を見る" not in said
    assert "成果の測り方の案" in said

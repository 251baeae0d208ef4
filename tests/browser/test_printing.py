"""What a page of the gate becomes on A4, as a browser prints it unasked: without grounds."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from proposals.workflow import Step
from tests import make
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

"""Coming back to a proposal in a real browser: rewriting it, a lost code anew, a second browser let in."""

import re

import pytest
from playwright.sync_api import expect

from cityhall import postman
from proposals.services import revising
from proposals.services.receipts import new_code, open_receipt
from tests import make
from tests.browser.hands import come_in, press, wrong_with
from tests.make_guest import consultation, proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODE = re.compile(r"(?:[2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}")


@pytest.fixture
def letters(settings, tmp_path):
    """The outbox leaves as files, as in the embedded mode; gives all of them as one text."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)

    def all_of_them():
        postman.deliver_due()
        return "\n".join(file.read_text() for file in tmp_path.iterdir())

    return all_of_them


def enter(page, live_server, case, code):
    page.goto(f"{live_server}/receipt/")
    page.get_by_label("受付番号").fill(case.number)
    page.get_by_label("確認番号").fill(code)
    page.get_by_role("button", name="進みぐあいを見る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(case.title)


@pytest.mark.parametrize("with_script", [True, False])
def test_a_proposal_is_rewritten_by_a_double_press_once(new_context, live_server, with_script):
    case, code = proposal()
    page = new_context(java_script_enabled=with_script).new_page()
    enter(page, live_server, case, code)
    page.get_by_role("link", name="送った内容を見る・直す").click()
    page.get_by_label("件名").fill("閉店後の書店を、こどもの自習の場所に")

    page.get_by_role("button", name="この内容で書き直す").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("閉店後の書店を、こどもの自習の場所に")
    expect(page.get_by_text("書き直した提案（第2版）を受け取りました")).to_be_visible()
    assert case.submissions.count() == 2


def test_what_a_colleague_sent_meanwhile_stands_beside_and_nothing_is_lost(page, live_server):
    case, code = proposal()
    enter(page, live_server, case, code)
    page.goto(f"{live_server}/receipt/revise/")
    revising.revise(case, words={"benefit": "同僚の架空の良いこと。"}, contact={}, key=new_code(), seen=1)
    page.get_by_label("件名").fill("わたしの架空の件名")

    page.get_by_role("button", name="この内容で書き直す").click()
    expect(page.locator(".z-errors")).to_be_focused()
    page.get_by_role("button", name="この内容で書き直す").click()

    expect(page.get_by_text("第3版）を受け取りました")).to_be_visible()
    latest = case.latest_submission
    assert (latest.title, latest.benefit) == ("わたしの架空の件名", "同僚の架空の良いこと。")


def test_a_lost_code_comes_back_by_the_letter(page, live_server, letters):
    case, old = proposal()
    page.goto(f"{live_server}/receipt/")
    page.get_by_role("link", name="再発行できます").click()
    page.get_by_label("受付番号").fill(case.number)
    press(page.get_by_role("button", name="8桁の番号を送る"))
    digits = re.search(r"再発行の番号\s+(\d{8})", letters())[1]
    page.get_by_label("8桁の番号").fill(digits)

    page.get_by_role("button", name="新しい確認番号を見る").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("新しい確認番号")
    page.wait_for_load_state()
    code = CODE.search(page.content())[0]
    assert open_receipt(case.number, code) == case and open_receipt(case.number, old) is None
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("確認番号は、もうお見せできません")


def test_a_second_browser_is_let_in_and_shut_out(new_context, live_server):
    case, code = proposal()
    first, second = new_context().new_page(), new_context().new_page()
    enter(first, live_server, case, code)
    first.get_by_role("link", name="同じ団体の方を招く").click()
    first.get_by_label("どなたの番号ですか").fill("広報の架空さん")
    press(first.get_by_role("button", name="その方の確認番号を出す"))
    theirs = CODE.search(first.content())[0]

    enter(second, live_server, case, theirs)
    expect(second.get_by_role("link", name="同じ団体の方を招く")).to_have_count(0)
    first.reload()
    press(first.get_by_role("button", name="止める"))
    second.reload()

    expect(second.get_by_role("heading", level=1)).to_have_text("受付番号で確認")


def test_the_pages_of_coming_back_have_no_barrier_and_no_sideways_scroll(page, live_server):
    found = {}
    case, code = consultation()

    def look(name):
        found[name] = wrong_with(page)

    for path in ("lost/", "lost/number/", "lost/code/"):
        page.goto(f"{live_server}/receipt/{path}")
        look(path)
    enter(page, live_server, case, code)
    page.goto(f"{live_server}/receipt/revise/")
    look("revise")
    press(page.get_by_role("button", name="提案として送る用意をする"))
    look("becomes")
    press(page.get_by_role("button", name="提案として送る", exact=True))
    look("errors")
    page.goto(f"{live_server}/receipt/people/")
    page.get_by_label("どなたの番号ですか").fill("広報の架空さん")
    press(page.get_by_role("button", name="その方の確認番号を出す"))
    look("people")

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_desks_page_of_versions_has_no_barrier(page, live_server):
    case, _ = proposal()
    for n in (1, 2):
        revising.revise(case, words={"title": f"架空の件名の{n}番め"}, contact={}, key=new_code(), seen=n)
    come_in(page, live_server, make.desk())
    found = {}

    for path in (
        f"/admin/proposals/proposal/{case.number}/versions/",
        f"/section/cases/{case.number}/versions/",
    ):
        page.goto(f"{live_server}{path}")
        found[path] = wrong_with(page)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}

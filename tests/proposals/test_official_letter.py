"""The letter of a result in official form: drafted, made the desk's own, read back from its PDF."""

import subprocess

import pytest
import time_machine

from proposals import letter_paper, letters
from proposals.models import Announcement
from proposals.services import announcing
from tests import make, make_receipt, make_section, make_talk
from tests.services import private

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    with time_machine.travel("2026-11-20 10:00 +0900"):
        told = {"representative": "代表取締役 架空 花子", "code": make_receipt.CODE}
        return make_talk.decided(make.department("こども家庭課"), **told)


def announced(case, **letter):
    with time_machine.travel("2026-11-20 11:00 +0900"):
        text = letters.draft(case)
        return announcing.announce(make.reload(case), by=make.desk(), text=text, **letter)


def test_the_draft_is_in_official_form(case):
    with time_machine.travel("2026-11-20 11:00 +0900"):
        drafted = letters.official(case)

    assert drafted["addressee"].endswith("代表取締役 架空 花子 様")
    assert drafted["sender"].startswith("座間市 地域づくり部 市民協働課")
    assert "市長" not in str(drafted)
    assert drafted["subject"] == "ご提案の結果について（お知らせ）"


def test_without_a_representative_the_organisation_is_addressed():
    case = make_talk.decided(make.department("こども家庭課"))

    assert letters.official(case)["addressee"].endswith(" 御中")


def test_the_coded_reason_is_told_in_words(case):
    decision = case.decisions.get()
    decision.__class__.objects.update(reason_code="effect")

    assert "■ 理由\n市民・地域への効果が見込まれるためです。\n架空の理由です。" in letters.draft(
        make.reload(case)
    )


def test_what_the_desk_wrote_is_what_is_sent(case):
    number, to = "座協第123号", "架空株式会社 御中"

    letter = announced(case, document_number=number, addressee=to)

    assert (letter.document_number, letter.addressee, letter.dated_on.isoformat()) == (
        number,
        to,
        "2026-11-20",
    )


def test_the_desk_edits_every_part_on_its_page(case):
    browser, url = make_section.visit(make.desk()), f"/admin/proposals/proposal/{case.number}/announce/"
    sent = {"version": case.version, "text": "架空の文", "document_number": "座協第9号", "go": "look"}
    look = browser.post(url, sent).content.decode()
    assert "座協第9号" in look and "市民協働課" in look

    browser.post(url, sent | {"go": "send", "subject": "架空の標題"})

    letter = Announcement.objects.get()
    assert (letter.document_number, letter.subject, letter.text) == ("座協第9号", "架空の標題", "架空の文")


def test_the_pdf_is_a4_with_its_text_and_embedded_fonts(case, tmp_path):
    private.need("pango")
    announced(case, document_number="座協第123号")

    assert announcing.print_waiting() == 1

    letter = Announcement.objects.get()
    text = read_back(letter, tmp_path)
    for part in ("座協第123号", "令和8年11月20日", "架空 花子 様", "市民協働課", "架空の理由です。"):
        assert part in text
    assert "A4" in read_back(letter, tmp_path, "pdfinfo")
    for line in read_back(letter, tmp_path, "pdffonts").splitlines()[2:]:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, readable
    assert announcing.print_waiting() == 0


def read_back(letter, folder, tool="pdftotext"):
    private.need("poppler")
    place = str(letter_paper.place_of(letter.paper))
    command = [tool, place, *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_without_pango_the_page_to_print_stays(case, settings):
    settings.HIDDEN_PACKAGES = {"pango"}
    announced(case)

    assert announcing.print_waiting() == 0

    browser = make_section.visit(make.desk())
    page = browser.get(f"/admin/proposals/proposal/{case.number}/letters/1/").content.decode()
    assert "令和8年11月20日" in page and "PDFで受け取る" not in page


def test_the_proposer_prints_the_own_letter_and_no_other(case):
    announced(case)
    browser = make_receipt.visit(case)

    page = browser.get("/receipt/letter/1/").content.decode()

    assert "ご提案の結果について" in page and case.number in page
    assert browser.get("/receipt/letter/2/").status_code == 404
    assert "/receipt/letter/1/" in browser.get("/receipt/").content.decode()


def test_before_it_is_told_there_is_nothing_to_print(case):
    browser = make_receipt.visit(case)

    assert browser.get("/receipt/letter/1/").status_code == 404


@pytest.mark.parametrize(("who", "code"), [("desk", 200), ("manager", 200), ("admin", 404)])
def test_the_pdf_leaves_to_whoever_may_see_the_case(who, code, case):
    private.need("pango")
    announced(case)
    announcing.print_waiting()
    name = Announcement.objects.get().paper

    assert make_section.visit(getattr(make, who)()).get(f"/files/letter/{name}").status_code == code


def test_marks_stay_marks():
    case = make_talk.decided(make.department("こども家庭課"), title="<b>架空</b> & 提案です")
    letter = announced(case)

    assert "&lt;b&gt;架空&lt;/b&gt; &amp; 提案" in letter_paper.letter_html(letter)

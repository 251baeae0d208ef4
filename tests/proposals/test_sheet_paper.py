"""The つなぐシート on A4: its thirteen fields, as a page and as a PDF that is read back."""

import re
import subprocess

import pytest
from pypdf import PdfReader

from cityhall import pdf_fonts
from proposals import sheet_paper, tasks
from proposals.models import Hearing
from proposals.services import hearings
from tests import make, make_section

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not pdf_fonts.available(), reason="this machine cannot make a PDF")


@pytest.fixture
def section():
    return make.department("架空環境課")


@pytest.fixture
def sheet(section):
    case = make_section.asked(section, title="架空の店先を、宿題の場所に")
    return Hearing.objects.numbered().get(proposal=case)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "sheets"


def read_back(sheet, tool="pdftotext"):
    command = [tool, str(sheet_paper.place_of(sheet)), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_page_has_the_thirteen_fields_and_fifteen_topics(sheet):
    words = sheet_paper.paper_html(sheet)

    assert [n for n in range(1, 14) if f'<th scope="row">{n}　' not in words] == []
    assert words.count('class="sp-line"') == 10
    assert len(re.findall(r"[□■] [^<]*</", words.split("該当するテーマ")[1].split("</tr>")[0])) == 15


def test_an_answer_takes_the_place_of_the_lines(sheet, section):
    told = {"text": "大人が2人いること", "own_trouble": "居場所がない", "tellable": "unnamed"}
    hearings.answer(sheet, by=make.head(section), answer="if", next_step="見に行く", **told)

    words = sheet_paper.paper_html(Hearing.objects.numbered().get(pk=sheet.pk))

    assert all(said in words for said in ("大人が2人いること", "居場所がない", "見に行く"))
    assert "<b>■ 条件がそろえば受ける</b>" in words
    assert "<b>■ 内容だけ（課の名前は出さない）</b>" in words
    assert "sp-line" not in words


@needs_pango
def test_the_pdf_is_one_a4_and_its_text_and_fonts_are_read_back(sheet):
    assert tasks.print_sheet(sheet.pk)

    text, fonts = read_back(sheet), read_back(sheet, "pdffonts").splitlines()[2:]
    assert len(PdfReader(sheet_paper.place_of(sheet)).pages) == 1
    assert "A4" in read_back(sheet, "pdfinfo")
    squeezed = re.sub(r"\s", "", text)
    wanted = ("共創つなぐシート", "架空の店先を、宿題の場所に", "架空環境課", "13結果の返信", "■教えて")
    assert [words for words in wanted if words not in squeezed] == []
    assert fonts
    assert all(re.search(r"yes yes (yes|no)\s+\d+\s+0$", line) for line in fonts)


@needs_pango
def test_a_sheet_filled_to_its_limits_is_still_one_page(sheet):
    Hearing.objects.update(reason="理" * 400, care="配" * 400)

    tasks.print_sheet(sheet.pk)

    full = Hearing.objects.numbered().get(pk=sheet.pk)
    assert len(PdfReader(sheet_paper.place_of(full)).pages) == 1


@needs_pango
def test_other_words_make_another_pdf_and_the_old_one_goes(sheet, section, folder):
    tasks.print_sheet(sheet.pk)
    made_again = tasks.print_sheet(sheet.pk)
    hearings.answer(sheet, by=make.head(section), answer="yes")
    tasks.print_sheet(sheet.pk)

    now = Hearing.objects.numbered().get(pk=sheet.pk)
    assert not made_again
    assert [file.name for file in folder.iterdir()] == [sheet_paper.place_of(now).name]


@needs_pango
def test_the_section_and_the_desk_take_the_pdf_and_nobody_else(sheet, section):
    tasks.print_sheet(sheet.pk)
    people = [make.member(section), make.desk(), make.member(make.department("架空福祉課")), make.manager()]
    name = sheet_paper.place_of(sheet).name

    answers = [make_section.visit(person).get(f"/files/sheet/{name}").status_code for person in people]

    assert answers == [200, 200, 404, 404]


@pytest.mark.parametrize("name", ["x", "1-x.pdf", "9" * 40, "-", "１-a.pdf"])
def test_a_name_nobody_made_is_not_found(name, section):
    assert make_section.visit(make.member(section)).get(f"/files/sheet/{name}").status_code == 404


@needs_pango
def test_the_page_waits_until_the_pdf_is_there(sheet, section):
    visitor, address = (
        make_section.visit(make.member(section)),
        f"/section/sheets/{sheet.proposal.number}/1/pdf/",
    )

    before = visitor.get(address)
    tasks.print_sheet(sheet.pk)
    after = visitor.get(address)

    assert (before["Refresh"], "作っています" in before.text) == ("2", True)
    assert "PDFをひらく" in after.text
    assert "Refresh" not in after


def test_without_pango_the_print_page_takes_its_place(sheet, section, settings):
    settings.HIDDEN_PACKAGES = {"pango"}

    answer = make_section.visit(make.member(section)).get(f"/section/sheets/{sheet.proposal.number}/1/pdf/")

    assert answer.url.endswith("/paper/")

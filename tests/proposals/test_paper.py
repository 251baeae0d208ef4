"""The sheets to write on: the form's own questions in its own words, on as many pages as told."""

import io

import pytest
from django.core.management import call_command
from django.forms import FileInput
from django.test import Client
from pypdf import PdfReader

from cityhall import pdf_fonts
from proposals import paper
from proposals.forms import words
from proposals.forms.paper import PAGES, PARTS, parts
from proposals.models import Track

needs_pango = pytest.mark.skipif(not pdf_fonts.available(), reason="this machine cannot make a PDF")
TRACKS = pytest.mark.parametrize("track", list(Track))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path / "papers"


def rows(track):
    return [row for _, found in parts(track) for row in found]


# --- what is asked --------------------------------------------------------


@TRACKS
def test_the_sheet_asks_what_the_form_asks_in_its_order(track):
    forms = [form(track=track, is_checked=False) for n, form in PARTS.items()]
    online = [field.name for form in forms for field in form if not isinstance(field.field.widget, FileInput)]

    assert [row.name for row in rows(track)] == [name for name in online if name != "email_again"]


@TRACKS
def test_labels_and_what_is_needed_are_the_forms_own(track):
    fields = {
        name: f for form in PARTS.values() for name, f in form(track=track, is_checked=False).fields.items()
    }

    assert [row.label for row in rows(track)] == [fields[row.name].label for row in rows(track)]
    assert [row.is_needed for row in rows(track)] == [fields[row.name].required for row in rows(track)]


def test_a_consultation_is_asked_less():
    asked = {track: {row.name for row in rows(track)} for track in Track}

    assert asked[Track.CONSULTATION] < asked[Track.PROPOSAL]


def test_choices_are_boxes_to_tick_and_long_texts_lines():
    kinds = {row.name: row.kind for row in rows(Track.PROPOSAL)}

    found = [
        kinds[name] for name in ("fields", "cost", "overview", "title", "theme", "postal_code", "privacy")
    ]
    assert found == ["choices", "choices", "lines", "line", "line", "cells", "tick"]


@TRACKS
def test_the_sheet_brings_the_notices_and_the_desks_own_box(track):
    html = paper.paper_html(track)

    told = [*words.NOTICES, "受付番号", "受付日", "初回相談日", "受けた人", "046-252-7966"]
    assert [text for text in told if text not in html] == []


# --- as PDF ---------------------------------------------------------------


@needs_pango
@TRACKS
def test_the_pdf_has_the_pages_the_site_promises_in_a4(track):
    paper.print_pdf(track)

    pages = PdfReader(paper.place_of(track)).pages
    assert len(pages) == PAGES[track]
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages} == {(595, 842)}


@needs_pango
@TRACKS
def test_every_font_is_in_the_pdf(track):
    paper.print_pdf(track)

    fonts = [
        font.get_object()
        for page in PdfReader(paper.place_of(track)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert [kind for kind in described if not {"/FontFile2", "/FontFile3"} & set(kind.get_object())] == []


@needs_pango
def test_the_last_line_of_the_sheet_is_on_its_last_page():
    paper.print_pdf(Track.CONSULTATION)

    text = PdfReader(paper.place_of(Track.CONSULTATION)).pages[-1].extract_text()
    assert "書ききれないときは" in text.replace("\n", "")


@needs_pango
def test_a_sheet_of_the_same_words_is_printed_once():
    assert [paper.print_pdf(Track.CONSULTATION) for _ in range(2)] == [True, False]


@needs_pango
def test_other_words_make_another_sheet(settings):
    paper.print_pdf(Track.CONSULTATION)
    settings.ZAMAGATE_SITE = settings.ZAMAGATE_SITE | {"phone": "046-000-0000"}

    assert paper.print_pdf(Track.CONSULTATION)


def test_a_machine_without_pango_goes_on_with_the_page(settings, folder):
    settings.HIDDEN_PACKAGES = {"pango"}
    said = io.StringIO()

    call_command("print_papers", stdout=said)

    assert "印刷用の画面だけになります。" in said.getvalue()
    assert not folder.exists()


# --- handing them out -----------------------------------------------------


@TRACKS
def test_without_a_pdf_its_address_leads_to_the_page_to_print(track):
    visitor = Client()

    answer = visitor.get(f"/paper/{track}.pdf")

    assert (answer.status_code, answer.url) == (302, f"/paper/{track}/")
    assert ".pdf" not in visitor.get("/paper/").content.decode()
    assert visitor.get(answer.url).status_code == 200


def test_the_pdf_is_handed_out_under_a_japanese_name(folder):
    folder.mkdir()
    (folder / "consultation.pdf").write_bytes(b"%PDF-1.7")

    answer = Client().get("/paper/consultation.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert "%E7%9B%B8%E8%AB%87" in answer["Content-Disposition"]
    assert "max-age=86400" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"


@pytest.mark.parametrize(
    "path", ["/paper/other/", "/paper/other.pdf", "/paper/..%2Fsecret_key.pdf", "/paper/proposal/x/"]
)
def test_there_are_two_sheets_and_no_third(path):
    assert Client().get(path).status_code == 404

"""Papers: a page with its style as PDF, and files that lie there whole or not at all."""

import pytest

from cityhall import papers, pdf_fonts

needs_pango = pytest.mark.skipif(not pdf_fonts.available(), reason="this machine cannot make a PDF")
PAGE = "<!DOCTYPE html><html lang='ja'><head><title>紙</title></head><body><p>紙</p></body></html>"


@needs_pango
def test_a_page_becomes_a_pdf_in_its_own_style():
    pdf = papers.pdf_of(PAGE, "letter")

    assert pdf.startswith(b"%PDF-")


def test_every_paper_wears_the_common_style_beneath_its_own():
    style = papers.style("letter")

    assert style.index(".paper-bar") < style.index(".zl-right")


def test_other_words_or_another_style_have_another_mark():
    marks = {
        papers.mark_of(PAGE, "letter"),
        papers.mark_of(PAGE, "paper"),
        papers.mark_of(PAGE + " ", "letter"),
    }

    assert len(marks) == 3
    assert papers.mark_of(PAGE, "letter") in marks


def test_a_file_takes_the_place_of_the_one_before_and_leaves_no_part(tmp_path):
    papers.put(tmp_path / "a" / "b.pdf", b"old")

    papers.put(tmp_path / "a" / "b.pdf", b"new")

    assert [(file.name, file.read_bytes()) for file in (tmp_path / "a").iterdir()] == [("b.pdf", b"new")]


def test_a_file_put_away_has_a_name_nobody_guesses(tmp_path):
    names = {papers.put_away(tmp_path, b"x") for _ in range(3)}

    assert len(names) == 3
    assert all(len(name) == len("0" * 32 + ".pdf") for name in names)

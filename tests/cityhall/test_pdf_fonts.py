import subprocess

import pytest

from cityhall import pdf_fonts
from tests.services import private

STYLE = f"<style>body {{ font-family: {pdf_fonts.FAMILY} }}</style>"
NAMES = "座間 髙﨑𠮷德濵槗 ㈱①～―"


def page(body=NAMES):
    return f'<html lang="ja"><head><title>紙</title>{STYLE}</head><body>{body}</body></html>'


@pytest.fixture
def pango():
    private.need("pango")


def text_of(pdf, tmp_path, program="pdftotext"):
    private.need("poppler")
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(pdf)
    arguments = [program, str(paper), "-"] if program == "pdftotext" else [program, str(paper)]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def test_the_kanji_of_rare_names_are_printed_with_embedded_fonts(pango, tmp_path):
    pdf = pdf_fonts.render(page())

    assert NAMES in text_of(pdf, tmp_path)
    for line in text_of(pdf, tmp_path, "pdffonts").splitlines()[2:]:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, readable


@pytest.mark.parametrize(
    "asks_for",
    [
        "<link rel=attachment href='file:///etc/hostname'>",
        "<img alt='x' src='file:///etc/hostname'>",
        "<img alt='x' src='//127.0.0.1:1/x.png'>",
        "<img alt='x' src='ftp://127.0.0.1/x.png'>",
    ],
)
def test_a_page_gets_no_file_and_no_address(pango, caplog, asks_for):
    pdf = pdf_fonts.render(page(asks_for))

    assert b"/EmbeddedFile" not in pdf
    assert "Failed to load" in caplog.text or "Relative URI" in caplog.text


def test_without_pango_the_caller_is_told_before_anything_is_loaded(settings):
    settings.HIDDEN_PACKAGES = {"pango"}

    assert not pdf_fonts.available()
    with pytest.raises(pdf_fonts.NoPango):
        pdf_fonts.render("<p>紙</p>")


def test_without_the_system_font_noto_alone_is_listed(settings):
    settings.HIDDEN_PACKAGES = {"fonts"}

    conf = pdf_fonts.write_fonts_conf().read_text()

    assert "bizud" not in conf
    assert conf.count("<dir>") == 2

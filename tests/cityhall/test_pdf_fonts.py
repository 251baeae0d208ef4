import socket
import subprocess

import pytest

from cityhall import pdf_fonts, press, printing
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


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def test_a_page_gets_no_file_and_no_address(pango, listening):
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    addresses = ["file:///etc/hostname", f"http://{host}/x.png", f"ftp://{host}/x.png"]
    asked = [f"<img alt='x' src='{url}'><link rel=attachment href='{url}'>" for url in addresses]
    asked += [f"<style>@import url({url}); p {{ background: url({url}) }}</style>" for url in addresses]
    asked += [f"<p><img alt='x' src='//{host}/x.png'></p>"]

    pdf = pdf_fonts.render(page("".join(asked)))

    assert b"/EmbeddedFile" not in pdf
    with pytest.raises(TimeoutError):
        listening.accept()


def test_the_press_knows_no_secret_and_no_database(pango):
    told = pdf_fonts._environment()

    assert set(told) <= {"PATH", "HOME", "LANG", "FONTCONFIG_FILE", "PYTHONDONTWRITEBYTECODE"}


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_printed(pango, monkeypatch):
    monkeypatch.setattr(printing, "SECONDS", 0.3)

    with pytest.raises(pdf_fonts.NotPrinted, match=r"0\.3秒では作れませんでした"):
        pdf_fonts.render(page("<p>長い</p>" * 20_000))

    monkeypatch.setattr(printing, "SECONDS", 60)
    assert pdf_fonts.render(page()).startswith(b"%PDF")


def test_a_press_that_dies_is_told_and_the_next_page_printed(pango):
    pdf_fonts.render(page())
    printing._running._process.kill()
    printing._running._process.wait()

    assert pdf_fonts.render(page()).startswith(b"%PDF")


def test_more_sheets_than_allowed_are_refused_and_the_press_is_empty_again(pango):
    allowed = press.Press(sheets=2)

    answers = [allowed.answer(press.LAY, b"<p>1") for _ in range(4)]

    assert answers == [(press.DONE, b"1"), (press.DONE, b"1"), (press.TOO_MANY, b""), (press.DONE, b"1")]


def test_pages_are_printed_together_with_one_before_them(pango, tmp_path):
    heard = []

    pdf = pdf_fonts.render_together(
        lambda sheets: (page(f"{name}{len(sheets)}") for name in "ab"),
        front=lambda sheets: heard.append(list(sheets)) or page("front"),
    )

    assert heard == [[1, 1]]
    assert text_of(pdf, tmp_path).split() == ["front", "a0", "b1"]


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

"""PDF: locked, acting, holding files, broken; each refusal in the very words the sender reads."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from cityhall.uploads import pdf
from tests import make_files as files
from tests.cityhall.uploads.reasons import reason


def with_script(writer: PdfWriter):
    act(writer, "/JavaScript", "/JS", "app.alert('x')")


def with_launch(writer: PdfWriter):
    act(writer, "/Launch", "/F", "cmd.exe")


def act(writer, kind, key, words):
    action = {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(words)}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def with_file(writer: PdfWriter):
    writer.add_attachment("a.exe", b"MZ")


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
SPELT = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /J#61vaScript /JS (x) >> >>"
BY_PDF = {
    "password": (files.pdf(password="himitsu"), pdf.LOCKED),
    "printing only": (files.pdf(password="", owner_password="himitsu"), pdf.LOCKED),
    "lock of a kind we cannot read": (
        files.pdf_of(
            CATALOG, files.PAGES, b"<< /Filter /Nobodys /V 9 >>", trailer=b"/Root 1 0 R /Encrypt 3 0 R"
        ),
        pdf.LOCKED,
    ),
    "script": (files.pdf(with_script), pdf.ACTS),
    "starts a program": (files.pdf(with_launch), pdf.ACTS),
    "script spelt otherwise": (files.pdf_of(SPELT, files.PAGES), pdf.ACTS),
    "script in a packed object": (files.pdf_with_packed(b"<< /S /JavaScript /JS (x) >>"), pdf.ACTS),
    "a file in it": (files.pdf(with_file), pdf.HOLDS_FILES),
    "no root": (files.pdf_of(b"<< >>", trailer=b""), pdf.BROKEN),
    "no pages": (files.pdf_of(b"<< /Type /Catalog >>"), pdf.BROKEN),
    "only a beginning": (b"%PDF-1.7\n", pdf.BROKEN),
    "half of it": (files.pdf()[:300], pdf.BROKEN),
    "a bomb of objects": (lambda: files.pdf_with_packed(b"(" + b"x" * 80_000_000 + b")"), pdf.BROKEN),
}


@pytest.mark.parametrize("case", BY_PDF)
def test_a_pdf_that_is_locked_acts_or_is_broken_is_refused(case):
    data, words = BY_PDF[case]

    assert reason("提案.pdf", data) == words

"""Word, Excel, PowerPoint: macros, locks, bombs, files in files, broken ones."""

import pytest

from cityhall.uploads import archive, office
from tests import make_files as files
from tests.cityhall.uploads.reasons import reason

MACRO_TYPE = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
VBA = {"word/vbaProject.bin": files.OLE}
BOMB = files.archive({"a": bytes(2_000_000)})
BY_OFFICE = {
    "macro": (files.office("docx", VBA), office.MACRO),
    "macro in capitals": (files.office("docx", {"word/VBAPROJECT.BIN": b"x"}), office.MACRO),
    "macro named in the list alone": (files.office("docx", types=MACRO_TYPE), office.MACRO),
    "docm renamed": (files.office("docx", main="ms-word.document.macroEnabled.main+xml"), office.MACRO),
    "old macro sheet": (files.office("docx", {"xl/macrosheets/sheet1.xml": "<x/>"}), office.MACRO),
    "no list of parts": (files.archive({"word/document.xml": "<x/>"}), archive.BROKEN),
    "list of parts that is none": (files.archive({"[Content_Types].xml": "<x"}), archive.BROKEN),
    "entities": (
        files.archive({"[Content_Types].xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        archive.BROKEN,
    ),
    "list in other letters": (
        files.archive({"[Content_Types].xml": "<x/>".encode("utf-16")}),
        archive.BROKEN,
    ),
    "zip in it": (files.office("docx", {"word/media/a.png": BOMB}), office.HOLDS_FILES),
    "program in it": (files.office("docx", {"word/a.bin": b"MZ" + bytes(99)}), office.HOLDS_FILES),
    "old document in it": (
        files.office("docx", {"word/embeddings/oleObject1.bin": files.OLE}),
        office.HOLDS_FILES,
    ),
    "macro one floor down": (
        files.office("docx", {"word/embeddings/a.xlsx": files.office("xlsx", VBA)}),
        office.MACRO,
    ),
    "two floors down": (
        files.office("docx", {"a.xlsx": files.office("xlsx", {"b.docx": files.office("docx")})}),
        office.HOLDS_FILES,
    ),
    "bomb one floor down": (
        lambda: files.office("docx", {"a.xlsx": files.office("xlsx", {"z": bytes(60_000_000)})}),
        archive.BOMB,
    ),
    "packed too tightly": (lambda: files.office("docx", {"word/a.xml": bytes(60_000_000)}), archive.BOMB),
    "too large unpacked": (
        lambda: files.office("docx", {f"{n}": bytes(70_000_000) for n in range(3)}),
        archive.BOMB,
    ),
    "too many entries": (lambda: files.stored({f"{n}.xml": "" for n in range(4001)}), archive.BOMB),
    "leads out": (files.office("docx", {"../../evil.xml": "x"}), archive.BROKEN),
    "leads out the other way": (files.office("docx", {"..\\evil.xml": "x"}), archive.BROKEN),
    "a list cut short": (files.office("docx")[:-10], archive.BROKEN),
    "no list at all": (b"PK\x03\x04" + bytes(200), archive.BROKEN),
}


@pytest.mark.parametrize("case", BY_OFFICE)
def test_a_document_with_macros_bombs_or_files_in_it_is_refused(case):
    data, words = BY_OFFICE[case]

    assert reason("提案.docx", data) == words


def test_a_locked_entry_is_refused():
    data = bytearray(files.office("docx"))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert reason("提案.docx", bytes(data)) == archive.LOCKED


def test_a_damaged_entry_is_refused():
    data = files.stored(
        {"[Content_Types].xml": '<T><O ContentType="spreadsheetml.sheet.main+xml"/></T>', "a": "x" * 99}
    )

    assert reason("表.xlsx", data) == ""
    assert reason("表.xlsx", data.replace(b"xxxx", b"xxyx", 1)) == archive.BROKEN


def test_an_entry_that_lies_about_its_size_is_refused():
    data = bytearray(files.office("docx", {"a.xml": bytes(5_000_000)}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")

    assert reason("提案.docx", bytes(data)) == archive.BROKEN


def test_entries_that_share_their_bytes_are_refused():
    data = bytearray(files.stored({"a": bytes(3000), "b": bytes(3000)}))
    first, second = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")
    for entry in (first, second):
        data[entry + 20 : entry + 24] = (len(data)).to_bytes(4, "little")

    assert reason("提案.docx", bytes(data)) == archive.BOMB


def test_two_entries_of_one_name_are_refused():
    data = files.office("docx", {"word/aa.xml": "<x/>", "word/ab.xml": "<y/>"}).replace(b"ab.xml", b"aa.xml")

    assert reason("提案.docx", data) == archive.BROKEN

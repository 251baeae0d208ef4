"""What is taken and what is not, each refusal in the very words the sender reads."""

import io
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from cityhall.refusal import NotAllowed
from cityhall.uploads import archive, check, checked, kinds, office, pdf, pictures
from cityhall.uploads.check import EMPTY, LARGEST, LOCKED, LONG_NAME, NOT_THIS, OLD_INSIDE, TOO_LARGE
from tests import make_files as files

MACRO_TYPE = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'


def reason(name, data):
    """Why the file is refused; nothing when it is taken."""
    try:
        check(name, io.BytesIO(data() if callable(data) else data))
    except NotAllowed as refusal:
        return str(refusal)
    return ""


# taken


TAKEN = {
    "企画書.pdf": files.pdf(),
    "企画書.PDF": files.pdf(),
    "企画書.docx": files.office("docx"),
    "見積.xlsx": files.office("xlsx"),
    "表.xlsx": files.table(),
    "説明.pptx": files.office("pptx"),
    "写真.jpg": files.jpeg(),
    "写真.JPEG": files.jpeg(),
    "図.png": files.png(),
    "８．６案．ｐｄｆ": files.pdf(),
    "提案書.docx.pdf": files.pdf(),
    "R8.6.12 ver1.2 example.com.pdf": files.pdf(),
    "グラフ付き.pptx": files.office("pptx", {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": files.table()}),
    "印刷設定.xlsx": files.office("xlsx", {"xl/printerSettings/printerSettings1.bin": b"MZ" + bytes(40)}),
    "packed.pdf": files.pdf_with_packed(b"<< /S /GoTo /D [2 0 R /Fit] >>"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_an_honest_file_is_taken(name):
    found = check(name, io.BytesIO(TAKEN[name]))

    assert found.size == len(TAKEN[name])
    assert found.name == name
    assert found.content_type in {kind.content_type for kind in kinds.KINDS}


def test_the_file_stands_at_its_beginning_afterwards():
    file = io.BytesIO(files.table())

    check("表.xlsx", file)

    assert file.tell() == 0


# by name and size


OTHER = (
    "この種類のファイルは受け取れません。PDF・Word（docx）・Excel（xlsx）・PowerPoint（pptx）・画像（jpg、png）の"
    "どれかにして送り直してください。"
)
RUNS = "この形式（.{}）は、開くと動くものを含むため受け取れません。PDFにして送り直してください。"
BY_NAME = {
    "提案.doc": "古い形式（.doc）のファイルです。新しい形式（.docx）かPDFで保存し直して、送ってください。",
    "見積.XLS": "古い形式（.xls）のファイルです。新しい形式（.xlsx）かPDFで保存し直して、送ってください。",
    "説明.ppt": "古い形式（.ppt）のファイルです。新しい形式（.pptx）かPDFで保存し直して、送ってください。",
    "提案.docm": "マクロを入れられる形式（.docm）のファイルです。PDFにして送り直してください。",
    "見積.xlsm": "マクロを入れられる形式（.xlsm）のファイルです。PDFにして送り直してください。",
    "一式.zip": "まとめて圧縮したファイル（.zip）は受け取れません。中の書類を1つずつ選んでください。",
    "一式.lzh": "まとめて圧縮したファイル（.lzh）は受け取れません。中の書類を1つずつ選んでください。",
    "IMG_0001.HEIC": "この写真の形式（.heic）は受け取れません。JPEG（.jpg）で保存し直して、送ってください。",
    "図.gif": "この画像の形式（.gif）は受け取れません。PNGかJPEG（.jpg）で保存し直して、送ってください。",
    "表.csv": "文字だけのファイル（.csv）は受け取れません。WordかExcelで開き、保存し直して送ってください。",
    "案.txt": "文字だけのファイル（.txt）は受け取れません。WordかExcelで開き、保存し直して送ってください。",
    "提案.pdf.exe": RUNS.format("exe"),
    "図.svg": RUNS.format("svg"),
    "a.html": RUNS.format("html"),
    "提案\u202efdp.exe": RUNS.format("exe"),
    "提案.exe.pdf": "名前に種類が2つあります（.exe.pdf）。名前を付け直してください。",
    "提案.xlsm.xlsx": "名前に種類が2つあります（.xlsm.xlsx）。名前を付け直してください。",
    "一太郎.jtd": OTHER,
    ".htaccess": kinds.NO_ENDING,
    "提案": kinds.NO_ENDING,
    "": kinds.NO_ENDING,
    "../../etc/passwd": kinds.NO_ENDING,
    "あ" * 252 + ".pdf": LONG_NAME,
}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_name_alone_may_refuse_a_file(name):
    assert reason(name, files.pdf()) == BY_NAME[name]


@pytest.mark.parametrize("ending", ["pdf", "docx", "jpg"])
def test_an_empty_file_is_refused(ending):
    assert (
        reason(f"空.{ending}", b"")
        == "中身がありません（0バイト）。書類を確かめて、選び直してください。"
        == EMPTY
    )


def test_ten_megabytes_are_taken_and_a_byte_more_is_told_as_more():
    exactly = files.png().ljust(LARGEST, b"\0")

    assert reason("図.png", exactly) == ""
    assert reason("図.png", exactly + b"\0") == TOO_LARGE.format("10.1")


# by content


WRONG = "名前の終わり（.{}）と中身の種類が合っていません。もとの書類を確かめて、送り直してください。"
BY_BEGINNING = {
    "exe as pdf": ("a.pdf", b"MZ" + bytes(90), WRONG.format("pdf")),
    "html as png": ("a.png", b"<html><script>x</script>", WRONG.format("png")),
    "gif as png": ("a.png", files.gif(), WRONG.format("png")),
    "png as jpg": ("a.jpg", files.png(), WRONG.format("jpg")),
    "pdf as docx": ("a.docx", files.pdf(), WRONG.format("docx")),
    "heic as jpg": ("a.jpg", b"\0\0\0\x18ftypheic" + bytes(20), WRONG.format("jpg")),
    "something before the pdf": ("a.pdf", b"MZ  %PDF-1.7", WRONG.format("pdf")),
    "old doc as docx": ("a.docx", files.OLE + bytes(504), OLD_INSIDE),
    "old doc as pdf": ("a.pdf", files.OLE + bytes(504), WRONG.format("pdf")),
    "locked docx": ("a.docx", files.OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "locked xlsx": ("a.xlsx", files.OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "nul bytes": ("a.png", bytes(100), WRONG.format("png")),
    "one byte": ("a.pdf", b"%", WRONG.format("pdf")),
    "xlsx as docx": ("a.docx", files.office("xlsx"), WRONG.format("docx")),
    "docx as pptx": ("a.pptx", files.office("docx"), WRONG.format("pptx")),
}


@pytest.mark.parametrize("case", BY_BEGINNING)
def test_a_file_that_is_not_what_its_name_says_is_refused(case):
    name, data, words = BY_BEGINNING[case]

    assert reason(name, data) == words


def test_the_words_for_a_wrong_ending_are_the_same_everywhere():
    assert WRONG == NOT_THIS == office.NOT_THIS


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


BY_PICTURE = {
    "of too many dots": ("図.png", files.png_of(20_000, 20_000), pictures.TOO_LARGE),
    "just above": ("図.png", files.png_of(10_001, 8_000), pictures.TOO_LARGE),
    "only a beginning": ("図.png", b"\x89PNG\r\n\x1a\n", pictures.BROKEN),
    "only a beginning of a photo": ("図.jpg", b"\xff\xd8\xff\xe0", pictures.BROKEN),
}


@pytest.mark.parametrize("case", BY_PICTURE)
def test_a_picture_too_large_or_broken_is_refused(case):
    name, data, words = BY_PICTURE[case]

    assert reason(name, data) == words


def test_a_large_photo_is_taken_without_unpacking_it():
    data = files.png_of(10_000, 8_000)
    tracemalloc.start()

    found = reason("図.png", data)

    assert found == ""
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


# what is told


def test_the_refusal_of_an_upload_names_the_file_without_what_deceives():
    upload = files.upload("提案.xlsx", files.office("xlsx", {"xl/vbaProject.bin": b"x"}))
    upload.name = "提案\u202e.xlsx"

    with pytest.raises(NotAllowed) as refusal:
        checked(upload)

    assert str(refusal.value) == (
        "「提案.xlsx」は受け取れませんでした。マクロが含まれています。PDFにして送り直してください。"
    )


def test_every_refusal_says_what_to_do():
    sentences = {*kinds.REFUSED.values(), *BY_NAME.values(), EMPTY, TOO_LARGE, LONG_NAME, OLD_INSIDE, LOCKED}
    sentences |= {words for module in (pdf, office, archive, pictures) for words in sentences_of(module)}

    assert [words for words in sentences if not words.endswith(("ください。", "です。"))] == []


def sentences_of(module):
    return [v for k, v in vars(module).items() if k.isupper() and isinstance(v, str) and v.endswith("。")]


# whatever comes


@given(data=st.binary(max_size=3000), ending=st.sampled_from(sorted(kinds.BY_ENDING)))
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_refused_or_taken_and_nothing_else(data, ending):
    magic = kinds.BY_ENDING[ending].magic

    assert type(reason(f"a.{ending}", magic + data)) is str


GOOD = {
    "pdf": files.pdf(),
    "docx": files.office("docx"),
    "xlsx": files.table(),
    "png": files.png(),
    "jpg": files.jpeg(),
}


@given(data=st.data(), ending=st.sampled_from(sorted(GOOD)))
@settings(max_examples=300, deadline=None)
def test_a_good_file_with_bytes_changed_is_refused_or_taken_and_nothing_else(data, ending):
    whole = bytearray(GOOD[ending])
    for place in data.draw(st.lists(st.integers(8, len(whole) - 1), max_size=12)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(8, len(whole)))

    assert type(reason(f"a.{ending}", bytes(whole[:cut]))) is str


@given(name=st.text(max_size=40))
@example("\ud800.pdf")
@example("..")
@example("a.\u0000pdf")
def test_any_name_is_refused_or_taken_and_nothing_else(name):
    assert type(reason(name, files.pdf())) is str

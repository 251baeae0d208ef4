"""What is taken and what is not, each refusal in the very words the sender reads."""

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cityhall.refusal import NotAllowed
from cityhall.uploads import archive, check, checked, kinds, office, pdf, pictures
from cityhall.uploads.check import EMPTY, LARGEST, LOCKED, LONG_NAME, NOT_THIS, OLD_INSIDE, TOO_LARGE
from tests import make_files as files
from tests.cityhall.uploads.reasons import reason

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

"""Which kinds of files are taken, and what to do with the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from cityhall.uploads import office, pdf, pictures

OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file: what its name ends with, how it begins, and who reads it through."""

    endings: tuple[str, ...]
    content_type: str
    magic: bytes
    read_through: Callable[[BinaryIO], None]
    word: str


# fmt: off
KINDS = (
    Kind(("pdf",), "application/pdf", b"%PDF-", pdf.read_through, "PDF"),
    Kind(("docx",), OOXML + "wordprocessingml.document", b"PK\x03\x04", office.word, "Word"),
    Kind(("xlsx",), OOXML + "spreadsheetml.sheet", b"PK\x03\x04", office.excel, "Excel"),
    Kind(("pptx",), OOXML + "presentationml.presentation", b"PK\x03\x04", office.powerpoint, "PowerPoint"),
    Kind(("jpg", "jpeg"), "image/jpeg", b"\xff\xd8\xff", pictures.jpeg, "画像（JPEG）"),
    Kind(("png",), "image/png", b"\x89PNG\r\n\x1a\n", pictures.png, "画像（PNG）"),
)
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
ENDINGS = ",".join(f".{ending}" for ending in BY_ENDING)  # for the browser's own file list

TAKEN = "PDF・Word（docx）・Excel（xlsx）・PowerPoint（pptx）・画像（jpg、png）"
OTHER = f"この種類のファイルは受け取れません。{TAKEN}のどれかにして送り直してください。"
NO_ENDING = f"ファイルの種類が分かりません。名前の終わりに種類を付けてください。受け取れるのは、{TAKEN}です。"
# what we say of endings we know but do not take; {0} is the ending
_OLD = "古い形式（.{0}）のファイルです。新しい形式（.{1}）かPDFで保存し直して、送ってください。"
_SAY = {
    "docm dotm xlsm xlsb xltm xlam pptm potm ppsm ppam":
        "マクロを入れられる形式（.{0}）のファイルです。PDFにして送り直してください。",
    "zip lzh lha 7z rar gz tgz bz2 xz tar cab zst":
        "まとめて圧縮したファイル（.{0}）は受け取れません。中の書類を1つずつ選んでください。",
    "heic heif hif avif":
        "この写真の形式（.{0}）は受け取れません。JPEG（.jpg）で保存し直して、送ってください。",
    "gif bmp tif tiff webp":
        "この画像の形式（.{0}）は受け取れません。PNGかJPEG（.jpg）で保存し直して、送ってください。",
    "txt csv tsv":
        "文字だけのファイル（.{0}）は受け取れません。WordかExcelで開き、保存し直して送ってください。",
    "exe com scr bat cmd ps1 vbs js jse wsf hta msi lnk url jar app dmg sh html htm mht svg xml iso one":
        "この形式（.{0}）は、開くと動くものを含むため受け取れません。PDFにして送り直してください。",
}
_NEWER = {"doc": "docx", "rtf": "docx", "xls": "xlsx", "ppt": "pptx", "pps": "pptx"}
REFUSED = {ending: words.format(ending) for endings, words in _SAY.items() for ending in endings.split()}
REFUSED |= {old: _OLD.format(old, new) for old, new in _NEWER.items()}
POSING = {"exe", "scr", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "hta", "msi", "lnk", "docm", "xlsm"}
# fmt: on

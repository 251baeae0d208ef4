"""Word, Excel and PowerPoint files read through: no macros, nothing locked, nothing foreign packed in."""

import io
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.etree import ElementTree
from zipfile import ZipFile

from cityhall.refusal import NotAllowed
from cityhall.uploads import archive

MACRO = "マクロが含まれています。PDFにして送り直してください。"
HOLDS_FILES = "書類の中に、ほかのファイルが埋め込まれています。PDFにして送り直してください。"
NOT_THIS = "名前の終わり（.{}）と中身の種類が合っていません。もとの書類を確かめて、送り直してください。"
MAIN = {
    "docx": ("wordprocessingml.document.main+xml",),
    "xlsx": ("spreadsheetml.sheet.main+xml",),
    "pptx": ("presentationml.presentation.main+xml",),
}
TYPES, TYPES_SIZE = "[Content_Types].xml", 1024 * 1024
_MACRO_FILES = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
_MACRO_TYPES = ("macroenabled", "vbaproject", "ms-excel.macrosheet", "intlmacrosheet")
_FOREIGN = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b"),
    *(b"MZ", b"\x7fELF", b"MSCF"),
)
_PRINTER = "printersettings"  # what a printer left is no file of anybody's


def _read_through(ending: str, file: BinaryIO, inside: bool = False) -> None:
    """Refuses macros, locks, bombs, broken files, another kind's content, and files packed in.

    A chart brings its own small table, a document of these kinds one floor down: it is read through too.
    """
    with archive.opened(file) as opened:
        types = _content_types(opened)
        names = [entry.filename.lower() for entry in opened.infolist()]
        if any(macro in kind for kind in types for macro in _MACRO_TYPES) or any(map(_is_macro, names)):
            raise NotAllowed(MACRO)
        if not any(main in kind for kind in types for main in MAIN[ending]):
            raise NotAllowed(NOT_THIS.format(ending))
        archive.unpack(opened)
        for entry in opened.infolist():
            _look_into(opened, entry, inside)


def _is_macro(name: str) -> bool:
    return name.endswith(_MACRO_FILES) or "/macrosheets/" in name


def _content_types(opened: ZipFile) -> list[str]:
    """What the archive says its parts are, in small letters."""
    try:
        with opened.open(TYPES) as entry:
            raw = entry.read(TYPES_SIZE + 1)
        if len(raw) > TYPES_SIZE or b"\0" in raw or b"<!" in raw.replace(b"<!--", b""):
            raise NotAllowed(archive.BROKEN)
        return [part.get("ContentType", "").lower() for part in ElementTree.fromstring(raw)]
    except NotAllowed:
        raise
    except Exception as error:  # no such entry, damaged, no XML
        raise NotAllowed(archive.BROKEN) from error


def _look_into(opened: ZipFile, entry, inside: bool) -> None:
    with opened.open(entry) as part:
        begins = part.read(8)
        if not begins.startswith(_FOREIGN) or _PRINTER in entry.filename.lower():
            return
        ending = PurePosixPath(entry.filename).suffix.lower().removeprefix(".")
        if inside or ending not in MAIN or not begins.startswith(b"PK\x03\x04"):
            raise NotAllowed(HOLDS_FILES)
        document = io.BytesIO(begins + part.read())
    _read_through(ending, document, inside=True)


word, excel, powerpoint = (partial(_read_through, ending) for ending in MAIN)

"""PDF read through: it opens without a password, has pages, and nothing in it acts by itself."""

import logging
import re
from typing import BinaryIO

from pypdf import PdfReader

from cityhall.refusal import NotAllowed

LOCKED = "パスワードか、編集の制限がかかっています。制限を外して保存し直し、送ってください。"
ACTS = "PDFに、開くと動くしかけが入っています。「印刷」から「PDFに保存」で作り直して、送ってください。"
HOLDS_FILES = "PDFに、ほかのファイルが付いています。外して保存し直すか、別々に送ってください。"
BROKEN = "PDFとして開けません。こわれていないか確かめて、作り直したものを送ってください。"
OBJECT_STREAMS = 64 * 1024 * 1024  # bytes unpacked in all

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a broken file is told to its sender, not to the log


def _name(*words: str) -> re.Pattern:
    """A name of PDF, each of whose letters may be written #xx too."""
    spelt = ["".join(rf"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in word) for word in words]
    return re.compile(rf"/(?:{'|'.join(spelt)})(?![A-Za-z0-9])".encode())


_ACTS = _name("JavaScript", "Launch", "RichMedia", "ImportData")
_HOLDS_FILES = _name("EmbeddedFile", "EmbeddedFiles")
_LOCKED = _name("Encrypt")


def read_through(file: BinaryIO) -> None:
    """Refuses a PDF that is locked, broken, without pages, with scripts, or with files in it."""
    whole = file.read()
    try:
        plain = _plain_parts(file)
    except NotAllowed:
        raise
    except Exception as error:  # whatever a parser says of a file made to break it
        raise NotAllowed(LOCKED if _LOCKED.search(whole) else BROKEN) from error
    for part in (whole, *plain):
        if _ACTS.search(part):
            raise NotAllowed(ACTS)
        if _HOLDS_FILES.search(part):
            raise NotAllowed(HOLDS_FILES)


def _plain_parts(file: BinaryIO) -> list[bytes]:
    """The objects that lie packed in streams, unpacked."""
    reader = PdfReader(file)
    if reader.is_encrypted:
        raise NotAllowed(LOCKED)
    if "/Pages" not in reader.root_object:
        raise NotAllowed(BROKEN)
    parts, left = [], OBJECT_STREAMS
    for number in sorted({stream for stream, _ in reader.xref_objStm.values()}):
        parts.append(reader.get_object(number).get_data())
        left -= len(parts[-1])
        if left < 0:
            raise NotAllowed(BROKEN)
    return parts

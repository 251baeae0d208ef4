"""Whether a file is taken: by its name, its size, how it begins, and by reading it through."""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile

from cityhall.refusal import NotAllowed
from cityhall.uploads import kinds, names

MB = 1024 * 1024
LARGEST = 10 * MB
EMPTY = "中身がありません（0バイト）。書類を確かめて、選び直してください。"
TOO_LARGE = "{}MBあります。10MBまでにしてください。写真を小さくするか、分けて送ってください。"
LONG_NAME = "ファイルの名前が長すぎます。255字までに短くしてください。"
TWO_ENDINGS = "名前に種類が2つあります（.{}.{}）。名前を付け直してください。"
NOT_THIS = "名前の終わり（.{}）と中身の種類が合っていません。もとの書類を確かめて、送り直してください。"
OLD_INSIDE = "中身が古い形式のままです。新しい形式（docx・xlsx・pptx）かPDFで保存し直して、送ってください。"
LOCKED = "パスワードがかかっています。パスワードを外して保存し直し、送ってください。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_INSIDE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Checked:
    """What a file was found to be."""

    name: str
    content_type: str
    size: int


def check(name: str, file: BinaryIO) -> Checked:
    """What the file is; refuses it in a sentence that says how to mend it. Changes nothing but its place."""
    kind, ending = _kind_of(name)
    file.seek(0, 2)
    size = file.tell()
    check_size(size)
    file.seek(0)
    begins = file.read(len(_OLE))
    if not begins.startswith(kind.magic):
        raise NotAllowed(_what_else(begins, file, ending))
    file.seek(0)
    kind.read_through(file)
    file.seek(0)
    return Checked(names.kept(name), kind.content_type, size)


def check_size(size: int) -> None:
    """Refuses an empty file and one over 10 MB."""
    if not size:
        raise NotAllowed(EMPTY)
    if size > LARGEST:
        raise NotAllowed(TOO_LARGE.format(megabytes(size)))


def megabytes(size: int) -> str:
    """So many MB, rounded up to a tenth: 10 MB and a byte is no 10."""
    return f"{-(-size * 10 // MB) / 10:,g}"


def checked(upload: UploadedFile) -> Checked:
    """The same of what a form brought, looked at once; the refusal names the file."""
    if not hasattr(upload, "_checked"):
        try:
            upload._checked = _check_upload(upload)
        except NotAllowed as refusal:
            raise NotAllowed(refused(upload.name, refusal)) from refusal
    return upload._checked


def refused(name: str, reason) -> str:
    """The sentence for the person who sent the file."""
    return f"「{names.shown(name)}」は受け取れませんでした。{reason}"


def _check_upload(upload: UploadedFile) -> Checked:
    if reason := getattr(upload, "refusal", ""):  # the handler stopped it on its way
        raise NotAllowed(reason)
    return check(upload.name, upload)


def _kind_of(name: str) -> tuple[kinds.Kind, str]:
    if len(names.kept(name)) > names.LONGEST:
        raise NotAllowed(LONG_NAME)
    *before, ending = names.endings(name) or [""]
    if not ending:
        raise NotAllowed(kinds.NO_ENDING)
    if ending not in kinds.BY_ENDING:
        raise NotAllowed(kinds.REFUSED.get(ending, kinds.OTHER))
    if before and before[-1] in kinds.POSING:
        raise NotAllowed(TWO_ENDINGS.format(before[-1], ending))
    return kinds.BY_ENDING[ending], ending


def _what_else(begins: bytes, file: BinaryIO, ending: str) -> str:
    """What to say of a file that does not begin as its name says."""
    if begins != _OLE or ending not in kinds.office.MAIN:
        return NOT_THIS.format(ending)
    return LOCKED if _LOCKED_INSIDE in file.read() else OLD_INSIDE

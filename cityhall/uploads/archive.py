"""Zip files looked at before anything in them is opened: how many, how large, how tightly packed."""

import struct
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cityhall.refusal import NotAllowed

BROKEN = "ファイルを開けません。こわれていないか確かめて、作り直したものを送ってください。"
BOMB = "開くと極端に大きくなるファイルです。PDFにして送り直してください。"
LOCKED = "パスワードがかかっています。パスワードを外して保存し直し、送ってください。"
ENTRIES = 4000
INDEX = 1024 * 1024  # bytes of the list of entries
UNPACKED = 200 * 1024 * 1024  # bytes
RATIO, RATIO_FROM = 200, 20 * 1024 * 1024  # times as large, once it is large at all
_END, _END_SIZE = b"PK\x05\x06", 22


def opened(file: BinaryIO) -> ZipFile:
    """The archive, its list read; refuses bombs, locked, broken and oddly packed ones."""
    size = _size_of(file)
    _check_index(file, size)
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, struct.error, OSError, NotImplementedError) as error:
        raise NotAllowed(BROKEN) from error
    _check_entries(archive.infolist(), size)
    return archive


def unpack(archive: ZipFile) -> None:
    """Read every entry once, at most as far as it claims; refuses what lies about its size or is damaged."""
    try:
        damaged = archive.testzip()
    except Exception as error:  # a broken entry fails in as many ways as there are packers
        raise NotAllowed(BROKEN) from error
    if damaged is not None:
        raise NotAllowed(BROKEN)


def _size_of(file: BinaryIO) -> int:
    file.seek(0, 2)
    return file.tell()


def _check_index(file: BinaryIO, size: int) -> None:
    """The list of entries is no longer than a document's; the file's end says so before the list is read."""
    file.seek(max(0, size - _END_SIZE - 65535))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise NotAllowed(BROKEN)
    entries, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    if entries > ENTRIES or length > INDEX:
        raise NotAllowed(BOMB)
    file.seek(0)


def _check_entries(entries: list[ZipInfo], size: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotAllowed(LOCKED)
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or _strays(entry) for entry in entries):
        raise NotAllowed(BROKEN)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise NotAllowed(BROKEN)
    unpacked = sum(entry.file_size for entry in entries)
    overlaps = sum(entry.compress_size for entry in entries) > size
    too_tight = unpacked > RATIO_FROM and unpacked > RATIO * size
    if len(entries) > ENTRIES or unpacked > UNPACKED or overlaps or too_tight:
        raise NotAllowed(BOMB)


def _strays(entry: ZipInfo) -> bool:
    """Whether the entry's name leads out of the archive."""
    return entry.orig_filename.startswith(("/", "\\")) or ".." in entry.orig_filename.replace(
        "\\", "/"
    ).split("/")

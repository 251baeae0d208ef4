"""Where files from outside lie: under random names in a folder nobody serves; whole or not at all."""

import errno
import hashlib
import logging
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction

from cityhall.refusal import NotAllowed
from cityhall.uploads.check import checked, refused

log = logging.getLogger(__name__)

NO_ROOM = "いま、書類を置く場所が足りません。時間をおいて送り直すか、窓口へお電話ください。"
FLOOR = 200 * 1024 * 1024  # bytes of the disk that stay free
SETTLED = 60 * 60  # seconds after which a file without a row is nobody's


@dataclass(frozen=True)
class Kept:
    """A file on the disk, as its row will tell of it."""

    name: str
    original_name: str
    content_type: str
    size: int
    sha256: str


@contextmanager
def kept(upload: UploadedFile) -> Iterator[Kept]:
    """The checked file on the disk while a row is made for it; what goes wrong meanwhile takes it off again.

    Refuses what `check` refuses, and what the disk has no room for. Where the database itself fails nobody
    knows whether the row is there: then the file stays, and `sweep` asks later.
    """
    found = checked(upload)
    name = secrets.token_hex(32)
    try:
        sha256 = _write(place_of(name), upload)
    except OSError as error:
        discard(name)
        log.error("a file could not be stored: %s", error.strerror)
        raise NotAllowed(refused(upload.name, NO_ROOM)) from error
    try:
        yield Kept(name, found.name, found.content_type, found.size, sha256)
    except DatabaseError:
        raise
    except BaseException:
        discard(name)
        raise


def place_of(name: str) -> Path:
    """Where the file of this name lies."""
    return folder() / name[:2] / name


def folder() -> Path:
    """The folder of all of them, below MEDIA_ROOT; no address leads there."""
    return Path(settings.MEDIA_ROOT) / "attachments"


def has_room(size: int = 0) -> bool:
    """Whether the disk keeps its floor free with so many bytes more."""
    folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    return shutil.disk_usage(folder()).free - size > FLOOR


def discard(name: str) -> None:
    """Take the file off the disk; nothing happens where it is gone."""
    try:
        place_of(name).unlink(missing_ok=True)
    except OSError as error:
        log.error("a file could not be removed: %s", error.strerror)  # the sweep tries again


def discard_on_commit(names: Iterable[str]) -> None:
    """Take the files off the disk once their rows are gone for good."""
    for name in list(names):
        transaction.on_commit(lambda name=name: discard(name), robust=True)


def on_disk() -> dict[str, float]:
    """The files that lie there, and when each was written."""
    return {file.name: file.stat().st_mtime for file in folder().glob("??/*") if file.is_file()}


def sweep(there: dict[str, float], known: set[str]) -> list[str]:
    """Remove files without a row that are older than an hour; returns the rows whose file is missing.

    `there` is `on_disk()` as it was before `known` was read, so that what comes meanwhile is let be.
    """
    settled = time.time() - SETTLED
    for name, written_at in there.items():
        if name not in known and written_at < settled:
            discard(name)
    return sorted(name for name in known if name not in there and not place_of(name).is_file())


def _write(place: Path, upload: UploadedFile) -> str:
    """Write the bytes so that they survive a power cut; returns their SHA-256."""
    if not has_room(upload.size):
        raise OSError(errno.ENOSPC, "below the floor of free disk")
    place.parent.mkdir(mode=0o750, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        for chunk in upload.chunks():
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(place.parent)
    return digest.hexdigest()


def _sync_folder(place: Path) -> None:
    """The folder's own entry survives a power cut too."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

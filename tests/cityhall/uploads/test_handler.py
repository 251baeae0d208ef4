"""Files on their way in: what is too large is read past and told, the typed words come with the answer."""

import io
import os
import shutil
from collections import namedtuple

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from cityhall.refusal import NotAllowed
from cityhall.uploads import checked, handler, store
from cityhall.uploads.check import LARGEST
from tests import make_files as files

MB = 1024 * 1024
EDGE = "架空の境目".encode().hex()
Disk = namedtuple("Disk", "total used free")


class Body(io.RawIOBase):
    """A form with files of any size, made while it is read: (field, filename or None, bytes or a size)."""

    def __init__(self, *parts):
        heads = [(self._head(field, filename), data) for field, filename, data in parts]
        self.pieces = [piece for head, data in heads for piece in (head, data, b"\r\n")]
        self.pieces.append(f"--{EDGE}--\r\n".encode())
        self.size = sum(piece if isinstance(piece, int) else len(piece) for piece in self.pieces)
        self.read_so_far = 0

    def _head(self, field, filename):
        name = f'; filename="{filename}"' if filename else ""
        return f'--{EDGE}\r\nContent-Disposition: form-data; name="{field}"{name}\r\n\r\n'.encode()

    def read(self, size=-1):
        found = b""
        while self.pieces and len(found) < size:
            piece, room = self.pieces[0], size - len(found)
            taken, rest = self._split(piece, room)
            found += taken
            self.pieces[:1] = [rest] if rest else []
        self.read_so_far += len(found)
        return found

    def _split(self, piece, room):
        if isinstance(piece, int):
            return bytes(min(piece, room)), max(0, piece - room)
        return piece[:room], piece[room:]


def posted(*parts):
    body = Body(*parts)
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"multipart/form-data; boundary={EDGE}",
        CONTENT_LENGTH=str(body.size),
        **{"wsgi.input": body},
    )
    return WSGIRequest(environ), body


def words_of(upload: UploadedFile):
    with pytest.raises(NotAllowed) as refusal:
        checked(upload)
    return str(refusal.value)


def open_files():
    """What this process holds open below the folder of files."""
    links = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
    return [link for link in links if os.path.exists(link) and str(store.folder()) in os.readlink(link)]


def test_an_ordinary_file_arrives_whole_and_leaves_no_name_on_the_disk():
    request, _ = posted(("title", None, "件名".encode()), ("papers", "図.png", files.png()))

    (upload,) = request.FILES.getlist("papers")

    assert request.POST["title"] == "件名"
    assert (upload.name, upload.read(), upload.size) == ("図.png", files.png(), len(files.png()))
    assert checked(upload).content_type == "image/png"
    assert [path for path in store.folder().iterdir() if path.is_file()] == []


def test_a_file_too_large_is_told_and_every_typed_word_is_there():
    request, body = posted(
        ("title", None, "件名".encode()), ("papers", "大.pdf", 300 * MB), ("text", None, "あとの文".encode())
    )

    upload = request.FILES["papers"]

    assert request.POST.dict() == {"title": "件名", "text": "あとの文"}
    assert words_of(upload) == (
        "「大.pdf」は受け取れませんでした。300MBあります。10MBまでにしてください。写真を小さくするか、分けて送ってください。"
    )
    assert (len(upload.read()), body.read_so_far) == (0, body.size)


def test_two_gigabytes_are_read_past_without_disk_or_memory():
    before = open_files()
    request, _ = posted(("papers", "大.pdf", 2048 * MB), ("text", None, "文".encode()))

    assert request.POST["text"] == "文"
    assert "2,048MBあります" in words_of(request.FILES["papers"])
    assert open_files() == before


def test_ten_megabytes_exactly_arrive():
    request, _ = posted(("papers", "図.png", files.png().ljust(LARGEST, b"\0")))

    assert checked(request.FILES["papers"]).size == LARGEST


def test_a_request_keeps_no_more_than_sixty_megabytes():
    request, _ = posted(*((f"papers{n}", f"{n}.pdf", 9 * MB) for n in range(9)), ("text", None, b"x"))

    refused = [upload.refusal for upload in request.FILES.values()]

    assert refused == [""] * 6 + [handler.TOGETHER] * 3
    assert request.POST["text"] == "x"


def test_of_very_many_files_the_first_twenty_are_kept():
    request, _ = posted(*(("papers", f"{n}.png", files.png()) for n in range(200)), ("text", None, b"x"))

    uploads = request.FILES.getlist("papers")

    assert [bool(upload.refusal) for upload in uploads] == [False] * 20 + [True] * 180
    assert request.POST["text"] == "x"


def test_a_cut_line_leaves_nothing_open():
    before = open_files()
    request, body = posted(("papers", "大.pdf", 5 * MB))
    body.pieces = [*body.pieces[:1], 1 * MB]

    request.POST  # noqa: B018 reading is what is tried

    assert request.FILES == {}
    assert set(open_files()) <= set(before)


def test_without_room_on_the_disk_the_file_is_refused_and_the_words_stay(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(10**12, 10**12, store.FLOOR))
    request, _ = posted(("papers", "図.png", files.png()), ("text", None, b"x"))

    words = words_of(request.FILES["papers"])

    assert words == f"「図.png」は受け取れませんでした。{store.NO_ROOM}"
    assert request.POST["text"] == "x"


@pytest.mark.parametrize("size", [8 * MB, 3 * MB + 1], ids=["in the middle", "at the very end"])
def test_a_disk_that_is_full_is_told_and_the_words_stay(full_disk, size):
    request, _ = posted(("papers", "図.pdf", size), ("text", None, b"x"))

    words = words_of(request.FILES["papers"])

    assert words == f"「図.pdf」は受け取れませんでした。{store.NO_ROOM}"
    assert request.POST["text"] == "x"

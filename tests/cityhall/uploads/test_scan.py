"""Asking clamd: what each answer means, and a scanner that is away, hangs or gives up."""

import hashlib
import io
import socket
import struct
import subprocess
import threading
import time

import pytest

from cityhall.uploads import scan
from cityhall.uploads.scan import Silent, State
from tests import make_files as files
from tests.services import private


class Clamd:
    """Stands where clamd stands: takes what comes, and answers as told."""

    def __init__(self, answer, most=None):
        self.answer, self.most, self.taken = answer, most, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self):
        return f"tcp://127.0.0.1:{self.door.getsockname()[1]}"

    def _serve(self):
        line, _ = self.door.accept()
        with line, line.makefile("rb") as coming:
            assert coming.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", coming.read(4))[0]:
                self.taken += coming.read(size)
                if self.most and len(self.taken) > self.most:
                    break
            if self.answer is None:
                time.sleep(5)
            line.sendall((self.answer or "").encode())


@pytest.fixture
def clamd(settings):
    made = []

    def answering(answer, **more):
        made.append(Clamd(answer, **more))
        settings.CLAMD_URL = made[-1].url
        return made[-1]

    yield answering
    for one in made:
        one.door.close()


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("stream: OK\0", State.CLEAN),
        ("stream: Eicar-Signature FOUND\0", State.INFECTED),
        ("stream: Heuristics.OLE2.ContainsMacros FOUND\0", State.INFECTED),
        ("stream: Heuristics.Encrypted.PDF FOUND\0", State.UNSCANNABLE),
        ("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", State.UNSCANNABLE),
        ("INSTREAM size limit exceeded. ERROR\0", State.UNSCANNABLE),
        ("stream: Can't allocate memory ERROR\0", State.UNSCANNABLE),
    ],
)
def test_an_answer_is_read(clamd, answer, state):
    stand_in, data = clamd(answer), b"x" * 200_000

    assert scan.scan(io.BytesIO(data)) == state
    assert stand_in.taken == data


def test_over_its_limit_clamd_hangs_up_in_the_middle_and_is_still_heard(clamd):
    clamd("INSTREAM size limit exceeded. ERROR\0", most=100_000)

    assert scan.scan(io.BytesIO(bytes(9_000_000))) in (State.UNSCANNABLE,)


@pytest.mark.parametrize("answer", ["", "stream: O", "what\0"])
def test_half_an_answer_is_none(clamd, answer):
    clamd(answer)

    with pytest.raises(Silent):
        scan.scan(io.BytesIO(b"x"))


def test_a_scanner_that_hangs_is_not_waited_for_long(clamd, monkeypatch):
    monkeypatch.setattr(scan, "SECONDS", 0.2)
    clamd(None)
    began = time.monotonic()

    with pytest.raises(Silent):
        scan.scan(io.BytesIO(b"x"))

    assert time.monotonic() - began < 2


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:/nowhere/clamd.sock"])
def test_a_scanner_that_is_away_says_nothing(settings, url):
    settings.CLAMD_URL = url

    with pytest.raises(Silent):
        scan.scan(io.BytesIO(b"x"))


# the real one


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """clamd itself, knowing one harmless virus, told to say so when it gives up."""
    program = private.need("clamav")
    place = tmp_path_factory.mktemp("clamd")
    print_of_it = f"{hashlib.md5(files.EICAR).hexdigest()}:{len(files.EICAR)}:Eicar-Signature"
    (place / "own.hdb").write_text(f"{print_of_it}\n")
    (place / "clamd.conf").write_text(
        f"DatabaseDirectory {place}\nLocalSocket {place}/socket\nForeground yes\nStreamMaxLength 1M\n"
        "AlertExceedsMax yes\nAlertEncrypted yes\nAlertOLE2Macros yes\n"
    )
    process = private.spawn([program, "-c", place / "clamd.conf"], stdout=subprocess.DEVNULL)
    private.wait_until((place / "socket").exists)
    yield f"unix:{place}/socket"
    process.terminate()
    process.wait(10)


@pytest.mark.services
@pytest.mark.parametrize(
    ("data", "state"),
    [
        (files.pdf(), State.CLEAN),
        (files.EICAR, State.INFECTED),
        (files.archive({"a.txt": files.EICAR}), State.INFECTED),
        (files.pdf(password="himitsu"), State.UNSCANNABLE),
        (bytes(3_000_000), State.UNSCANNABLE),
    ],
    ids=["honest", "virus", "virus in a zip", "locked", "over its limit"],
)
def test_the_real_scanner_answers(real, settings, data, state):
    settings.CLAMD_URL = real

    assert scan.scan(io.BytesIO(data)) == state

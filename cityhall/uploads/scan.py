"""Asking clamd whether a file is safe: its INSTREAM talk, and what its answers mean (D16).

clamd must be told to say so when it gave up: AlertExceedsMax, AlertEncrypted and AlertOLE2Macros are off as
it comes, and what is too large or locked would pass as clean.
"""

import re
import socket
import struct
from enum import StrEnum
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 20  # for each word of the talk
CHUNK = 64 * 1024
_NOT_LOOKED_INTO = re.compile(r"Heuristics\.(Encrypted|Limits)\.")


class State(StrEnum):
    """What the scanner found."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNABLE = "unscannable"


class Silent(Exception):
    """No scanner, or one that does not answer: ask again later."""


def scan(file: BinaryIO) -> State:
    """What clamd says of the bytes; raises Silent when it says nothing."""
    try:
        with _connected(settings.CLAMD_URL) as line:
            answer = _ask(line, file)
    except OSError as error:
        raise Silent(type(error).__name__) from error
    return _read(answer)


def _connected(url: str) -> socket.socket:
    """A line to `unix:/path` or `tcp://host:port`."""
    where = urlsplit(url)
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname, where.port or 3310), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(where.path)
    except OSError:
        line.close()
        raise
    return line


def _ask(line: socket.socket, file: BinaryIO) -> str:
    try:
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass  # over its limit clamd answers and hangs up in the middle
    answer = b""
    while not answer.endswith(b"\0") and (more := line.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace")


def _read(answer: str) -> State:
    if answer.endswith(" OK"):
        return State.CLEAN
    if answer.endswith(" FOUND"):
        return State.UNSCANNABLE if _NOT_LOOKED_INTO.search(answer) else State.INFECTED
    if answer.endswith(" ERROR"):
        return State.UNSCANNABLE
    raise Silent("an answer cut short")

"""The press: a process of its own that turns pages of ours into PDF, within its limits, and asks nobody.

`python -m cityhall.press`: it lays out each page it is sent, answers how many sheets it takes, and prints all
as one PDF when it is told to. It knows nothing of the site: no settings, no database, no secret.
"""

import contextlib
import io
import os
import resource
import sys
from typing import BinaryIO

LAY, FRONT, PRINT = b"L", b"F", b"P"  # what is asked
DONE, TOO_MANY, BROKEN = b"D", b"S", b"B"  # what is answered
MOST_SHEETS = 1000
MEMORY = 3 << 30  # of address space; what asks for more ends the press, not the worker


def give(stream: BinaryIO, kind: bytes, body: bytes = b"") -> None:
    """Send one message: a letter, the length, the bytes."""
    stream.write(kind + len(body).to_bytes(8, "big") + body)
    stream.flush()


def take(stream: BinaryIO) -> tuple[bytes, bytes]:
    """The next message; raises EOFError where the other side is gone."""
    head = stream.read(9)
    length = int.from_bytes(head[1:], "big")
    body = stream.read(length) if len(head) == 9 else b""
    if len(head) < 9 or len(body) < length:
        raise EOFError
    return head[:1], body


class Press:
    """Pages laid out one after another, and printed together."""

    def __init__(self, sheets: int = MOST_SHEETS):
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration
            from weasyprint.urls import URLFetcher
        self._html, self._fonts = weasyprint.HTML, FontConfiguration()
        self._fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
        self._laid, self._most = [], sheets

    def lay(self, html: bytes, at_front: bool) -> bytes:
        """Lay out one page of HTML behind, or before, what lies there; the number of sheets it takes."""
        page = self._html(string=html.decode(), url_fetcher=self._fetcher)
        laid = page.render(font_config=self._fonts)
        self._laid.insert(0 if at_front else len(self._laid), laid)
        return str(len(laid.pages)).encode()

    @property
    def is_full(self) -> bool:
        return sum(len(laid.pages) for laid in self._laid) > self._most

    def print(self) -> bytes:
        """All that lies there as one PDF, with the title and language of the first."""
        laid, self._laid = self._laid, []
        together = laid[0].copy([sheet for one in laid for sheet in one.pages])
        return together.write_pdf(pdf_variant="pdf/ua-1")

    def answer(self, kind: bytes, body: bytes) -> tuple[bytes, bytes]:
        """What is answered to one message; a page that cannot be laid out or printed is said to be broken."""
        try:
            told = self.print() if kind == PRINT else self.lay(body, at_front=kind == FRONT)
        except Exception as error:
            self._laid.clear()
            return BROKEN, type(error).__name__.encode()
        if self.is_full:
            self._laid.clear()
            return TOO_MANY, b""
        return DONE, told


def main() -> None:
    inbox, outbox = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints does not come between the answers
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    press = Press()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            give(outbox, *press.answer(*take(inbox)))


if __name__ == "__main__":
    main()

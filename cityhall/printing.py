"""Printing: one press a worker process, stopped when it takes too long over a page."""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cityhall import press

SECONDS = 120  # a message; less than its task may take
MOST = 100  # PDFs before a fresh press: what libraries keep goes with the old one
ROOT = Path(__file__).parent.parent

_one_at_a_time = threading.Lock()
_running: "Running | None" = None


class NotPrinted(RuntimeError):
    """A page that did not become a PDF; the message says why, in Japanese."""


class Running:
    """A press at work, and what it has done."""

    def __init__(self, environment: dict[str, str]):
        self.owner, self.printed = os.getpid(), 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cityhall.press"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
        )

    def ask(self, kind: bytes, body: bytes = b"") -> bytes:
        """The answer to one message; raises NotPrinted where there is none in time, or a refusal."""
        too_late = threading.Event()
        clock = threading.Timer(SECONDS, lambda: (too_late.set(), self._process.kill()))
        clock.start()
        try:
            press.give(self._process.stdin, kind, body)
            answer, told = press.take(self._process.stdout)
        except (EOFError, OSError):
            raise NotPrinted(
                f"{SECONDS}秒では作れませんでした。短くするか、分けてください。"
                if too_late.is_set()
                else "作る途中で止まりました（メモリーが足りないときなど）。もう一度作ってみてください。"
            ) from None
        finally:
            clock.cancel()
        if answer == press.TOO_MANY:
            raise NotPrinted(f"{press.MOST_SHEETS:,}ページを超えます。短くするか、分けてください。")
        if answer == press.BROKEN:
            raise NotPrinted(f"作る途中で止まりました（{told.decode()}）。もう一度作ってみてください。")
        return told

    @property
    def is_fit(self) -> bool:
        return self.owner == os.getpid() and self.printed < MOST and self._process.poll() is None

    def stop(self) -> None:
        """End the process, where it is this one's own, and wait for it."""
        if self.owner == os.getpid():
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                pipe.close()
            self._process.wait()


def together(
    pages: Callable[[list[int]], Iterable[str]],
    environment: Callable[[], dict[str, str]],
    front: Callable[[list[int]], str] | None = None,
) -> bytes:
    """The pages as one PDF, in their order; `front` writes one more before them.

    Both are given the list of how many sheets each page took so far. Refuses with NotPrinted what takes too
    long, too much memory or too many pages.
    """
    with _at_the_press(environment) as running:
        sheets: list[int] = []
        for page in pages(sheets):
            sheets.append(int(running.ask(press.LAY, page.encode())))
        if front is not None:
            running.ask(press.FRONT, front(sheets).encode())
        return running.ask(press.PRINT)


@contextmanager
def _at_the_press(environment) -> Iterator[Running]:
    """The press of this process, a fresh one where there is none; after a failure it is not used again."""
    global _running
    with _one_at_a_time:
        if _running is None or not _running.is_fit:
            stop()
            _running = Running(environment())
        try:
            yield _running
            _running.printed += 1
        except BaseException:
            stop()
            raise


@atexit.register
def stop() -> None:
    """End the press; the next page starts another."""
    global _running
    if _running is not None:
        _running.stop()
    _running = None

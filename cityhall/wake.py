"""Asking a worker for work without waiting for the broker: the page answers at once (D2, M17)."""

import logging
import time
from threading import Lock, Thread

log = logging.getLogger(__name__)

FRESH = 55  # seconds; what no worker took up by then, the sweep on beat has done
GATHERED = 0.2  # seconds; the same thing asked for meanwhile is asked for once
_wanted: dict[tuple, object] = {}
_asking = Lock()


def soon(task, *args) -> None:
    """Ask from the one thread of this process that asks; when nobody can be asked the sweep does it."""
    _wanted[task.name, args] = task
    if not _asking.locked():
        Thread(target=_ask_for_all, daemon=True).start()


def _ask_for_all() -> None:
    while _wanted and _asking.acquire(blocking=False):
        try:
            time.sleep(GATHERED)
            for name, args in list(_wanted):
                _ask(_wanted.pop((name, args)), args)
        finally:
            _asking.release()


def _ask(task, args: tuple) -> None:
    try:
        task.apply_async(args, retry=False, expires=FRESH)
    except Exception as error:
        log.warning("nobody asked for %s: %s", task.name, type(error).__name__)

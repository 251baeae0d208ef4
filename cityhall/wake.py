"""Asking a worker for work without waiting for the broker: the page answers at once (D2, M17)."""

import logging
from threading import BoundedSemaphore, Thread

log = logging.getLogger(__name__)

FRESH = 55  # seconds; what no worker took up by then, the sweep on beat has done
AT_MOST = 8  # threads that wait for a broker that hangs
_free = BoundedSemaphore(AT_MOST)


def soon(task, *args) -> None:
    """Ask in a thread of its own; when nobody can be asked the sweep does it."""
    if _free.acquire(blocking=False):
        Thread(target=_ask, args=(task, args), daemon=True).start()


def _ask(task, args) -> None:
    try:
        task.apply_async(args, retry=False, expires=FRESH)
    except Exception as error:
        log.warning("nobody asked for %s: %s", task.name, type(error).__name__)
    finally:
        _free.release()

"""Several things done at the very same moment, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def at_once(*acts: Callable[[], object]) -> list:
    """Do all at the same moment; gives what each returned, or the exception it raised."""
    outcomes: list = [None] * len(acts)
    together = Barrier(len(acts), timeout=30)

    def do(n, act):
        try:
            connection.ensure_connection()
            together.wait()
            outcomes[n] = act()
        except Exception as error:
            outcomes[n] = error
        finally:
            connection.close()

    threads = [Thread(target=do, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def failures(outcomes: list) -> list[Exception]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]

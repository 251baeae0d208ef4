"""From the outbox to the mail server: each letter is claimed, sent once, and put back if it could not be."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from cityhall.mailserver import Fate, Trouble, trouble, trouble_of_line
from cityhall.models import OutgoingMail

log = logging.getLogger(__name__)
State = OutgoingMail.State

INFLIGHT_LIMIT = timedelta(minutes=10)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240)]
ATTEMPTS = 30
RUN_SECONDS = 40  # then a run ends; the next one goes on
APART = timedelta(hours=1)  # between letters to one address that anybody could make us write
IN_LINE = 3  # so many of them wait for their hour, more wait for the desk
TOO_LATE = "送れないうちに、期限が過ぎました。"
TOO_MANY = "同じ宛先への通知が続いたので、送るのを止めています。"


def deliver_due(limit: int = 100) -> int:
    """Send what is due over one connection; returns how many left. Safe to run twice at once.

    The first failure of the server itself ends the run: nothing hangs a hundred times.
    """
    _release_stuck()
    _drop_expired()
    keys = list(_due().order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])
    sent, last = 0, monotonic() + RUN_SECONDS
    with _line(keys) as line:
        for letter in filter(None, map(_claim, keys if line else ())):
            failed = _send(letter, line)
            sent += failed is None
            if monotonic() > last or (failed and failed.fate is Fate.AWAY):
                break
    return sent


def _due() -> QuerySet:
    return OutgoingMail.objects.filter(state=State.QUEUED, next_try_at__lte=timezone.now())


def _release_stuck() -> None:
    """A letter whose sender died goes back into the queue."""
    OutgoingMail.objects.filter(
        state=State.SENDING, inflight_since__lt=timezone.now() - INFLIGHT_LIMIT
    ).update(state=State.QUEUED, inflight_since=None)


def _drop_expired() -> None:
    """A letter that would come too late is not sent any more, and its text is wiped."""
    expired = OutgoingMail.objects.filter(
        state__in=[State.QUEUED, State.HELD], expires_at__lte=timezone.now()
    )
    expired.update(state=State.FAILED, body="", last_error=TOO_LATE)


@contextmanager
def _line(keys: list[int]) -> Iterator:
    """A connection for the letters of one run; None when there are none, or none comes about."""
    line = get_connection() if keys else None
    try:
        if line:
            line.open()
    except Exception as error:
        _due().update(last_error=_noted(trouble_of_line(error), error).words)
        line = None
    try:
        yield line
    finally:
        with suppress(Exception):  # what was sent has been sent
            if line:
                line.close()


# --- one letter -----------------------------------------------------------


def _claim(pk: int) -> OutgoingMail | None:
    """The letter, for this run alone; None if another run has it, or its hour has not come."""
    now = timezone.now()
    if not _due().filter(pk=pk).update(state=State.SENDING, inflight_since=now, next_try_at=now):
        return None
    letter = OutgoingMail.objects.get(pk=pk)
    return None if letter.from_outside and _comes_too_soon(letter) else letter


def _comes_too_soon(letter: OutgoingMail) -> bool:
    """Put it in line if a letter to the same address left within the hour or leaves right now (A11)."""
    now = letter.next_try_at
    others = OutgoingMail.objects.filter(from_outside=True, to__iexact=letter.to, next_try_at__gt=now - APART)
    leaving, in_line = Q(state__in=[State.SENT, State.SENDING]), Q(state=State.QUEUED, next_try_at__gt=now)
    found = others.exclude(pk=letter.pk).aggregate(
        leaving=Count("pk", filter=leaving),
        in_line=Count("pk", filter=in_line),
        last=Max("next_try_at", filter=leaving | in_line),
    )
    if not found["leaving"]:
        return False
    letter.state, letter.inflight_since, letter.next_try_at = State.QUEUED, None, found["last"] + APART
    if found["in_line"] >= IN_LINE:
        letter.state, letter.last_error = State.HELD, TOO_MANY
    letter.save()
    return True


def _send(letter: OutgoingMail, line) -> Trouble | None:
    """Send it and mark it so; or put it back, and say what is wrong."""
    try:
        message = _message(letter)
        message.message()  # what cannot be written down fails here, not at the server
        message.connection = line
        message.send()
    except Exception as error:
        failed = _noted(trouble(error), error)
        _put_back(letter, failed)
        return failed
    letter.state, letter.inflight_since, letter.last_error = State.SENT, None, ""
    letter.sent_at = letter.next_try_at = timezone.now()
    _save(letter)
    return None


def _put_back(letter: OutgoingMail, failed: Trouble) -> None:
    letter.attempts += 1
    letter.inflight_since, letter.last_error = None, failed.words
    letter.next_try_at = timezone.now() + WAITS[min(letter.attempts, len(WAITS)) - 1]
    is_over = failed.fate is Fate.NEVER or (failed.fate is Fate.LATER and letter.attempts >= ATTEMPTS)
    letter.state = State.FAILED if is_over else State.QUEUED
    _save(letter)


def _save(letter: OutgoingMail) -> None:
    """Store where it stands; a secret leaves nothing behind."""
    if letter.is_secret and not letter.is_waiting:
        letter.body = ""
    letter.save()


def _message(letter: OutgoingMail) -> EmailMessage:
    """The message with a Message-ID made from its key, so that a double would be seen as one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    stable = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{stable}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers)


def _noted(failed: Trouble, error: Exception) -> Trouble:
    log.warning("mail: %s (%s)", type(error).__name__, failed.fate.value)
    return failed

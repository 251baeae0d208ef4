"""The outbox: letters are queued in the caller's transaction and leave afterwards (reliability.md D2, D3)."""

import hashlib
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cityhall.models import OutgoingMail

log = logging.getLogger(__name__)
State = OutgoingMail.State

INFLIGHT_LIMIT = timedelta(minutes=10)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240)]
ATTEMPTS = 30
APART = timedelta(hours=1)
WAITING_AT_MOST = 3
TRIES_TO_WORRY = 3  # after some twenty minutes the desk is told


def queue(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    about: str = "",
    from_outside: bool = False,
    is_secret: bool = False,
    expires_at: datetime | None = None,
) -> OutgoingMail | None:
    """Put a letter in the outbox once for its key; without an address nothing is queued.

    `from_outside`: anybody could make us write it, to any address, so such letters to one address leave an
    hour apart, and more than a few wait for the desk (A11). `is_secret`: the text is wiped once it has left.
    """
    if not to:
        return None
    letter = OutgoingMail(key=key, to=to, subject=subject, body=body, about=about, from_outside=from_outside)
    letter.is_secret, letter.expires_at, letter.next_try_at = is_secret, expires_at, timezone.now()
    OutgoingMail.objects.bulk_create(  # a key known already keeps its letter, and gives its pk
        [letter], update_conflicts=True, unique_fields=["key"], update_fields=["key"]
    )
    transaction.on_commit(_wake_up, robust=True)
    return letter


def _wake_up() -> None:
    """Ask a worker to deliver now; when none can be asked, the sweep on beat does it (D2)."""
    from cityhall.tasks import deliver_post

    deliver_post.apply_async(retry=False)


def deliver_due(limit: int = 100) -> int:
    """Send what is due, one letter at a time; returns how many left. Safe to run twice at once."""
    _release_stuck()
    due = OutgoingMail.objects.filter(state=State.QUEUED, next_try_at__lte=timezone.now())
    keys = list(due.order_by("next_try_at").values_list("pk", flat=True)[:limit])
    return sum(_deliver(pk) for pk in keys)


def undelivered(letters: QuerySet | None = None) -> QuerySet:
    """Letters that did not arrive: given up, or refused several times and still tried."""
    letters = OutgoingMail.objects.all() if letters is None else letters
    waiting = Q(state__in=[State.QUEUED, State.SENDING], attempts__gte=TRIES_TO_WORRY)
    return letters.filter(Q(state=State.FAILED) | waiting)


def _release_stuck() -> None:
    """A letter whose sender died goes back into the queue."""
    OutgoingMail.objects.filter(
        state=State.SENDING, inflight_since__lt=timezone.now() - INFLIGHT_LIMIT
    ).update(state=State.QUEUED, inflight_since=None)


def _deliver(pk: int) -> bool:
    claimed = OutgoingMail.objects.filter(pk=pk, state=State.QUEUED).update(
        state=State.SENDING, inflight_since=timezone.now()
    )
    if not claimed:
        return False
    letter = OutgoingMail.objects.get(pk=pk)
    try:
        _message(letter).send()
    except Exception as error:
        log.warning("letter %s did not leave: %s", letter.pk, type(error).__name__)
        _put_back(letter, error)
        return False
    letter.state, letter.sent_at, letter.inflight_since = State.SENT, timezone.now(), None
    letter.save()
    return True


def _put_back(letter: OutgoingMail, error: Exception) -> None:
    letter.attempts += 1
    letter.inflight_since = None
    letter.last_error = f"{type(error).__name__}: {error}"[:300]
    letter.next_try_at = timezone.now() + WAITS[min(letter.attempts, len(WAITS)) - 1]
    letter.state = State.FAILED if letter.attempts >= ATTEMPTS else State.QUEUED
    letter.save()


def _message(letter: OutgoingMail) -> EmailMessage:
    """The message with a Message-ID made from its key, so that a double would be seen as one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    stable = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    return EmailMessage(
        letter.subject, letter.body, to=[letter.to], headers={"Message-ID": f"<{stable}@{domain}>"}
    )

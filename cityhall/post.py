"""The outbox as its writers and the desk see it: letters are queued in the caller's transaction, and seen to
when they did not arrive (reliability.md D2, D3). `postman` takes them to the mail server."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from cityhall import access, wake
from cityhall.models import OutgoingMail, Role
from cityhall.refusal import NotAllowed

State = OutgoingMail.State
WAITING = [State.QUEUED, State.SENDING]
TRIES_TO_WORRY = 3  # after some twenty minutes the desk is told
LATE = timedelta(minutes=20)  # so long after its time a letter nobody could try is told as well

SECRET = "再発行の番号は送り直せません。もう一度お申し込みいただくよう、提案者にお伝えください。"
RECALLED = ":recalled:"
NO_LONGER_SO = "用が済んだので、送りません。"
WITHDRAWN = "知らせる動作を取り消したので、送りません。"
ON_ITS_WAY = "いま送っているところです。少し待ってから、画面を開き直してください。"


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
    waits: timedelta = timedelta(),
) -> OutgoingMail | None:
    """Put a letter in the outbox once for its key; without an address nothing is queued.

    `from_outside`: anybody could make us write it, to any address, so such letters to one address leave an
    hour apart and more than a few wait for the desk (A11). `is_secret`: its text is wiped once it has left.
    `waits`: so long it stays here first, to be kept back.
    """
    if not to:
        return None
    letter = OutgoingMail(key=key, to=to, subject=subject, body=body, about=about, from_outside=from_outside)
    letter.is_secret, letter.expires_at = is_secret, expires_at
    return _store(letter, waits)


def _store(letter: OutgoingMail, waits: timedelta = timedelta()) -> OutgoingMail:
    letter.next_try_at = timezone.now() + waits
    OutgoingMail.objects.bulk_create(  # a key known already keeps its letter, and gives its pk
        [letter], update_conflicts=True, unique_fields=["key"], update_fields=["key"]
    )
    transaction.on_commit(_wake_up, robust=True)
    return letter


def _wake_up() -> None:
    """Ask a worker to deliver now; when none can be asked, the sweep on beat does it (D2)."""
    from cityhall.tasks import deliver_post

    wake.soon(deliver_post)


def full_ten_minutes() -> datetime:
    """The last full ten minutes: so exactly, and no more, it is told which letters are late."""
    return timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=timezone.now().minute % 10)


def undelivered(letters: QuerySet | None = None) -> QuerySet:
    """Letters that did not arrive and that nobody has seen to: given up, stopped, refused several times, or
    long past their time. They stay here until somebody does."""
    letters = OutgoingMail.objects.all() if letters is None else letters
    is_late = Q(attempts__gte=TRIES_TO_WORRY) | Q(next_try_at__lt=full_ten_minutes() - LATE)
    given_up = Q(state__in=[State.FAILED, State.HELD])
    return letters.filter(given_up | Q(is_late, state__in=WAITING), settled_at__isnull=True)


def count_as_sent(letters: QuerySet) -> int:
    """Letters of a day long past, as the demo city tells it, left when they were written."""
    return letters.filter(state=State.QUEUED).update(state=State.SENT, sent_at=F("created_at"))


@transaction.atomic
def resend(letter: OutgoingMail, *, by, to: str = "") -> OutgoingMail:
    """Send a letter once more, to another address if one is given; a second press finds the first.

    Refuses anybody but the desk, a letter on its way, and a secret one, whose text is gone.
    """
    letter = _take_out(letter, by=by)
    if letter.is_secret:
        raise NotAllowed(SECRET)
    again = OutgoingMail(key=f"again:{letter.pk}", resend_of=letter, asked_by=by, about=letter.about)
    again.to, again.subject, again.body = to or letter.to, letter.subject, letter.body
    return _store(again)


def settle(letter: OutgoingMail, *, by) -> OutgoingMail:
    """The desk has told it some other way: the letter leaves no more and is missing no more.

    Refuses anybody but the desk, and a letter that has left or is on its way.
    """
    if letter.state == State.SENT:
        raise NotAllowed("この通知は、もう送られています。")
    return _take_out(letter, by=by)


def withdraw(letter: OutgoingMail, *, by) -> OutgoingMail:
    """Keep a letter from leaving that tells what is no longer so; its key is free for a letter to come.

    Refuses anybody but the desk, and a letter that has left or is on its way.
    """
    letter = settle(letter, by=by)
    letter.key, letter.last_error = f"{letter.key}:withdrawn:{letter.pk}", WITHDRAWN
    letter.save(update_fields=["key", "last_error"])
    return letter


def recall(letters: QuerySet) -> int:
    """Keep those that have not left from leaving, since what they ask for is done; returns how many.

    Their keys are free for letters to come, and nobody misses them.
    """
    kept = {"state": State.HELD, "settled_at": timezone.now(), "last_error": NO_LONGER_SO}
    free = Concat("key", Value(RECALLED), Cast("pk", CharField()))
    return letters.filter(state=State.QUEUED).update(key=free, **kept)


@transaction.atomic
def _take_out(letter: OutgoingMail, *, by) -> OutgoingMail:
    """Keep the letter from leaving of itself, and note who saw to it first."""
    access.require(by, Role.DESK)
    letter = OutgoingMail.objects.select_for_update().get(pk=letter.pk)
    if letter.state == State.SENDING:
        raise NotAllowed(ON_ITS_WAY)
    if letter.settled_at is None:
        letter.state = State.HELD if letter.state == State.QUEUED else letter.state
        letter.settled_at, letter.settled_by = timezone.now(), by
        letter.save()
    return letter

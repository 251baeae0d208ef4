"""Booklets: the row is the order, a worker prints many models as one PDF and says how far it is."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cityhall import access, pdf_fonts, wake
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from logicmodels import booklet as book
from logicmodels import pdf
from logicmodels.models import MOST_IN_A_BOOKLET, Booklet, LogicModel

log = logging.getLogger(__name__)
State = Booklet.State

STUCK = timedelta(minutes=3)  # without a word: longer than a press may take for one model
ATTEMPTS = 3
KEPT = 20  # finished booklets; what is older leaves the disk


@transaction.atomic
def order_booklet(models: list[LogicModel], *, by, size: str) -> Booklet:
    """Order one PDF of these models, the newest 版 of each or its draft; the same order under way is one.

    Refuses anybody but the desk, none, more than 100, and an unknown size.
    """
    access.require(by, Role.DESK)
    if not 0 < len(models) <= MOST_IN_A_BOOKLET:
        raise NotAllowed(f"ロジックモデルを1つから{MOST_IN_A_BOOKLET}まで選んでください。")
    if size not in Booklet.Size:
        raise NotAllowed("A3かA4を選んでください。")
    wanted = {model.pk for model in models}
    waiting = Booklet.objects.filter(by=by, size=size, state=State.WAITING).prefetch_related("included")
    if same := next((one for one in waiting if {m.pk for m in one.included.all()} == wanted), None):
        return same
    ordered = Booklet.objects.create(by=by, size=size, count=len(wanted))
    ordered.included.set(wanted)
    _forget_old()
    transaction.on_commit(lambda: _wake_up(ordered.pk), robust=True)
    return ordered


@transaction.atomic
def retry_booklet(booklet: Booklet, *, by) -> None:
    """Have a failed or lost booklet made again; refuses anybody but the desk."""
    access.require(by, Role.DESK)
    booklet = Booklet.objects.select_for_update().get(pk=booklet.pk)
    is_lost = booklet.state == State.READY and not book.place_of(booklet).is_file()
    if booklet.state == State.FAILED or is_lost:
        booklet.state, booklet.name, booklet.error = State.WAITING, "", ""
        booklet.attempts = booklet.done = 0
        booklet.save()
    transaction.on_commit(lambda: _wake_up(booklet.pk), robust=True)


def make_booklet(booklet_id: int) -> bool:
    """Make one booklet; does nothing when another is at it or it is made. Safe to run twice at once."""
    now = timezone.now()
    due = Booklet.objects.due(now - STUCK).filter(pk=booklet_id)
    if not due.update(state=State.RENDERING, told_at=now, done=0, attempts=F("attempts") + 1):
        return False
    booklet = Booklet.objects.get(pk=booklet_id)
    try:
        made = book.pdf_of(booklet, told=lambda done: _tell(booklet, done))
        _finish(booklet, State.READY, name=pdf.put_away(made))
    except pdf_fonts.NotPrinted as why:
        _finish(booklet, State.FAILED, error=str(why))
    except Exception as error:
        log.exception("booklet %s was not made", booklet.pk)
        kind = type(error).__name__
        _finish(booklet, State.FAILED, error=f"作る途中で止まりました（{kind}）。もう一度お試しください。")
    return booklet.state == State.READY


def make_waiting(limit: int = 2) -> int:
    """Make what waits and what a lost worker left; returns how many were made."""
    stuck = timezone.now() - STUCK
    lost = Booklet.objects.filter(state=State.RENDERING, told_at__lt=stuck, attempts__gte=ATTEMPTS)
    lost.update(state=State.FAILED, error=f"{ATTEMPTS}回試しましたが、途中で止まりました。")
    waiting = list(Booklet.objects.due(stuck).order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(make_booklet(pk) for pk in waiting)


def _wake_up(booklet_id: int) -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it (D2)."""
    from logicmodels.tasks import render_booklet

    wake.soon(render_booklet, booklet_id)


def _tell(booklet, done):
    booklet.done, booklet.told_at = done, timezone.now()
    booklet.save(update_fields=["done", "told_at"])


def _finish(booklet, state, name="", error=""):
    booklet.state, booklet.name, booklet.error = state, name, error
    booklet.save()


def _forget_old():
    """Take the oldest finished booklets away, their files with them once that is sure."""
    old = list(Booklet.objects.exclude(state__in=(State.WAITING, State.RENDERING)).order_by("-pk")[KEPT:])
    places = [book.place_of(one) for one in old if one.name]
    Booklet.objects.filter(pk__in=[one.pk for one in old]).delete()
    transaction.on_commit(lambda: [place.unlink(missing_ok=True) for place in places], robust=True)

"""案件のひとまとめ: the row is the order, a worker makes the ZIP, a sweep finds what was left."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cityhall import access, pdf_fonts, wake
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.dossier import ink, pack
from proposals.models import Dossier, Proposal
from proposals.services.recording import note_fact
from proposals.workflow import Kind

log = logging.getLogger(__name__)
State = Dossier.State

STUCK = timedelta(minutes=3)  # longer than a task may take
ATTEMPTS = 3
GOODBYE = "ひとまとめを作りました（{redacted}）。{reason}"


@transaction.atomic
def order_dossier(
    proposal: Proposal, *, by, reason: str, redactions: dict, version: int | None = None
) -> Dossier:
    """Order the ZIP of a case, and record who did and why; the same order twice is one.

    Refuses anybody but the desk, and an order without a reason.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if not reason.strip():
        raise NotAllowed("作るわけ（請求の番号や監査の名など）を書いてください。")
    waiting = proposal.dossiers.filter(state__in=(State.WAITING, State.MAKING), by=by)
    if same := next((one for one in waiting if one.redactions == redactions), None):
        return same
    dossier = Dossier.objects.create(proposal=proposal, by=by, reason=reason.strip(), redactions=redactions)
    hidden = [words for key, words in ink.REASONS.items() if redactions.get(key)]
    hidden += ["選んだもの"] if any(redactions.get(k) for k in ink.PICKED) else []
    text = GOODBYE.format(
        redacted="墨塗り：" + "・".join(hidden) if hidden else "墨塗りなし", reason=reason.strip()
    )
    note_fact(proposal, Kind.NOTE, actor=posting, text=text, data={"dossier": dossier.pk})
    transaction.on_commit(lambda: _wake_up(dossier.pk), robust=True)
    return dossier


def _wake_up(dossier_id: int) -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it (D2)."""
    from proposals.tasks import make_dossier as task

    wake.soon(task, dossier_id)


def make_dossier(dossier_id: int) -> bool:
    """Make one; does nothing when another is at it or it is made. Safe to run twice at once."""
    now = timezone.now()
    due = Dossier.objects.due(now - STUCK).filter(pk=dossier_id)
    if not due.update(state=State.MAKING, started_at=now, attempts=F("attempts") + 1):
        return False
    dossier = Dossier.objects.select_related("proposal__organization").get(pk=dossier_id)
    try:
        dossier.name, dossier.sha256 = pack.put_away(dossier)
        dossier.state, dossier.error = State.READY, ""
        dossier.forget_on = timezone.localdate() + timedelta(settings.DOSSIER_DAYS)
    except pdf_fonts.NoPango as missing:
        dossier.state, dossier.error = State.FAILED, str(missing)
    except Exception as error:
        log.exception("dossier %s was not made", dossier.pk)
        kind = type(error).__name__
        dossier.state, dossier.error = (
            State.FAILED,
            f"作る途中で止まりました（{kind}）。もう一度お試しください。",
        )
    dossier.save()
    return dossier.state == State.READY


def make_waiting(limit: int = 5) -> int:
    """Make what waits and what a lost worker left; returns how many were made."""
    stuck = timezone.now() - STUCK
    lost = Dossier.objects.filter(state=State.MAKING, started_at__lt=stuck, attempts__gte=ATTEMPTS)
    lost.update(state=State.FAILED, error=f"{ATTEMPTS}回試しましたが、途中で止まりました。")
    waiting = list(Dossier.objects.due(stuck).order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(make_dossier(pk) for pk in waiting)


def forget_old(today: date) -> int:
    """Take the ZIPs whose time is over off the disk; that they were made stays told. Returns how many."""
    old = list(Dossier.objects.filter(state=State.READY, forget_on__lte=today))
    for dossier in old:
        pack.discard(dossier.name)
        dossier.state, dossier.name = State.FORGOTTEN, ""
        dossier.save()
    return len(old)

"""Papers: the row is the order, a worker makes the file, a sweep finds what was left."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cityhall import pdf_fonts, wake
from cityhall.refusal import NotAllowed
from logicmodels import pdf
from logicmodels.models import Edition, LogicModel, Paper

log = logging.getLogger(__name__)
State = Paper.State

STUCK = timedelta(minutes=3)  # longer than a task may take
ATTEMPTS = 3


@transaction.atomic
def order_paper(edition: Edition, *, by, size: str) -> Paper:
    """Order the PDF of an edition in a size, once; a failed or lost one is made again.

    Refuses whoever may not see the model, and an unknown size.
    """
    if not LogicModel.objects.visible_to(by).filter(pk=edition.model_id).exists():
        raise NotAllowed("このロジックモデルは見られません。")
    if size not in Paper.Size:
        raise NotAllowed("A3かA4を選んでください。")
    paper, _ = Paper.objects.select_for_update().get_or_create(edition=edition, size=size)
    if paper.state == State.FAILED or _is_lost(paper):
        paper.state, paper.name, paper.error, paper.attempts = State.WAITING, "", "", 0
        paper.save()
    transaction.on_commit(lambda: _wake_up(paper.pk), robust=True)
    return paper


def _is_lost(paper):
    return paper.state == State.READY and not pdf.place_of(paper).is_file()


def _wake_up(paper_id: int) -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it (D2)."""
    from logicmodels.tasks import render_paper

    wake.soon(render_paper, paper_id)


def make_paper(paper_id: int) -> bool:
    """Make one paper; does nothing when another is at it or it is made. Safe to run twice at once."""
    now = timezone.now()
    due = Paper.objects.due(now - STUCK).filter(pk=paper_id)
    if not due.update(state=State.RENDERING, started_at=now, attempts=F("attempts") + 1):
        return False
    paper = Paper.objects.select_related("edition__model__proposal").get(pk=paper_id)
    try:
        _finish(paper, State.READY, name=pdf.put_away(pdf.pdf_of(paper.edition, paper.size)))
    except pdf_fonts.NotPrinted as why:
        _finish(paper, State.FAILED, error=str(why))
    except Exception as error:
        log.exception("paper %s was not made", paper.pk)
        kind = type(error).__name__
        _finish(paper, State.FAILED, error=f"作る途中で止まりました（{kind}）。もう一度作ってみてください。")
    return paper.state == State.READY


def _finish(paper, state, name="", error=""):
    paper.state, paper.name, paper.error = state, name, error
    paper.save()


def make_waiting(limit: int = 20) -> int:
    """Make what waits and what a lost worker left; returns how many were made."""
    stuck = timezone.now() - STUCK
    Paper.objects.filter(state=State.RENDERING, started_at__lt=stuck, attempts__gte=ATTEMPTS).update(
        state=State.FAILED, error=f"{ATTEMPTS}回試しましたが、途中で止まりました。"
    )
    waiting = list(Paper.objects.due(stuck).order_by("ordered_at").values_list("pk", flat=True)[:limit])
    return sum(make_paper(paper_id) for paper_id in waiting)

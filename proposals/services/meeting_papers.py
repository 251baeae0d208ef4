"""会議の資料: the row is the order, a worker makes the PDF, a sweep finds what was left."""

import logging

from django.db import transaction
from django.utils import timezone

from cityhall import pdf_fonts, wake
from proposals.meeting_paper import pdf_of
from proposals.models import Meeting, MeetingPaper

log = logging.getLogger(__name__)


def order(meeting: Meeting, kind: MeetingPaper.Kind) -> MeetingPaper:
    """Order a PDF of the meeting, once a kind; refuses nothing."""
    paper, is_new = MeetingPaper.objects.get_or_create(meeting=meeting, kind=kind)
    if is_new:
        transaction.on_commit(lambda: _wake_up(paper.pk), robust=True)
    return paper


def _wake_up(paper_id: int) -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it (D2)."""
    from proposals.tasks import make_meeting_paper as task

    wake.soon(task, paper_id)


def make(paper_id: int) -> bool:
    """Make one; of two at once the first stays, so that what was handed out is one file."""
    paper = MeetingPaper.objects.waiting().select_related("meeting").filter(pk=paper_id).first()
    if paper is None:
        return False
    try:
        found = {"data": pdf_of(paper), "made_at": timezone.now()}
    except pdf_fonts.NoPango as missing:
        found = {"error": str(missing)}
    except Exception as error:
        log.exception("meeting paper %s was not made", paper_id)
        found = {"error": f"作る途中で止まりました（{type(error).__name__}）。画面を印刷してください。"}
    return bool(MeetingPaper.objects.waiting().filter(pk=paper_id).update(**found)) and "data" in found


def make_waiting(limit: int = 5) -> int:
    """Make what was ordered and not made; returns how many."""
    waiting = MeetingPaper.objects.waiting().order_by("pk").values_list("pk", flat=True)
    return sum(make(pk) for pk in list(waiting[:limit]))

"""Making a paper: claimed once, rendered in the worker, put in its place whole or not at all."""

import logging
import os
import secrets
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import F
from django.utils import timezone

from cityhall import pdf_fonts
from logicmodels.models import Edition, Paper
from logicmodels.paper import paper_html

log = logging.getLogger(__name__)
State = Paper.State

STUCK = timedelta(minutes=3)  # longer than the task's time limit
ATTEMPTS = 3


def pdf_of(edition: Edition, size: str) -> bytes:
    """The PDF of an edition: tagged, Japanese, black and white; raises NoPango where it cannot be made."""
    html = paper_html(edition, size)
    return pdf_fonts.render(html.replace("</head>", f"<style>{_style()}</style></head>", 1))


def make(paper_id: int) -> bool:
    """Make one paper; does nothing when another is at it or it is made. Safe to run twice at once."""
    now = timezone.now()
    claimed = (
        Paper.objects.due(now - STUCK)
        .filter(pk=paper_id)
        .update(state=State.RENDERING, started_at=now, attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    paper = Paper.objects.select_related("edition__model__proposal").get(pk=paper_id)
    try:
        _finish(paper, State.READY, name=_store(pdf_of(paper.edition, paper.size)))
    except pdf_fonts.NoPango as missing:
        _finish(paper, State.FAILED, error=str(missing))
    except Exception as error:
        log.exception("paper %s was not made", paper.pk)
        kind = type(error).__name__
        _finish(paper, State.FAILED, error=f"作る途中で止まりました（{kind}）。もう一度作ってみてください。")
    return paper.state == State.READY


def make_waiting(limit: int = 20) -> int:
    """Make what waits, and what a lost worker left; returns how many were made."""
    stuck = timezone.now() - STUCK
    Paper.objects.filter(state=State.RENDERING, started_at__lt=stuck, attempts__gte=ATTEMPTS).update(
        state=State.FAILED, error=f"{ATTEMPTS}回試しましたが、途中で止まりました。"
    )
    waiting = list(Paper.objects.due(stuck).order_by("ordered_at").values_list("pk", flat=True)[:limit])
    return sum(make(paper_id) for paper_id in waiting)


def place_of(paper: Paper) -> Path:
    """Where the file of a made paper lies."""
    return Path(settings.MEDIA_ROOT) / "logic-models" / paper.name


def is_lost(paper: Paper) -> bool:
    """Whether a made paper's file is no longer there."""
    return paper.state == State.READY and not place_of(paper).is_file()


def _finish(paper, state, name="", error=""):
    paper.state, paper.name, paper.error = state, name, error
    paper.save()


def _store(pdf: bytes) -> str:
    """Write the file under a random name, whole or not at all."""
    name = f"{secrets.token_hex(16)}.pdf"
    folder = Path(settings.MEDIA_ROOT) / "logic-models"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{name}.part"
    with draft.open("wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / name)
    return name


@cache
def _style() -> str:
    return Path(finders.find("css/logicmodel-paper.css")).read_text()

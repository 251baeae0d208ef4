"""Ordering a PDF: the row is the order, a worker makes the paper."""

from django.db import transaction

from cityhall.refusal import NotAllowed
from logicmodels import pdf, tasks
from logicmodels.models import Edition, LogicModel, Paper


@transaction.atomic
def order_paper(edition: Edition, *, by, size: str) -> Paper:
    """Order the PDF of an edition in a size, once; a failed or lost one is made again.

    Refuses whoever may not see the model.
    """
    if not LogicModel.objects.visible_to(by).filter(pk=edition.model_id).exists():
        raise NotAllowed("このロジックモデルは見られません。")
    if size not in Paper.Size:
        raise NotAllowed("A3かA4を選んでください。")
    paper, _ = Paper.objects.select_for_update().get_or_create(edition=edition, size=size)
    if paper.state == Paper.State.FAILED or pdf.is_lost(paper):
        paper.state, paper.name, paper.error, paper.attempts = Paper.State.WAITING, "", "", 0
        paper.save()
    transaction.on_commit(lambda: _wake_up(paper.pk), robust=True)
    return paper


def _wake_up(paper_id: int) -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it (D2)."""
    tasks.render_paper.apply_async((paper_id,), retry=False)

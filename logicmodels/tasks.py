"""Work done behind the screens: papers are made in the worker, never while somebody waits."""

from celery import shared_task

from logicmodels.services import papers


@shared_task(name="logicmodels.render_paper")
def render_paper(paper_id: int) -> bool:
    """Make one paper; a second call for the same one does nothing."""
    return papers.make_paper(paper_id)


@shared_task(name="logicmodels.render_waiting_papers")
def render_waiting_papers() -> int:
    """On beat: make what was ordered and not made, as when no worker could be asked or one went away."""
    return papers.make_waiting()

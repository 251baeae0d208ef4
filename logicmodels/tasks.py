"""Work done behind the screens: papers are made in the worker, never while somebody waits."""

from celery import shared_task

from logicmodels.services import booklets, papers


@shared_task(name="logicmodels.render_paper", soft_time_limit=150, time_limit=170)
def render_paper(paper_id: int) -> bool:
    """Make one paper; a second call for the same one does nothing."""
    return papers.make_paper(paper_id)


@shared_task(name="logicmodels.render_waiting_papers", soft_time_limit=900, time_limit=930)
def render_waiting_papers() -> int:
    """On beat: make what was ordered and not made, as when no worker could be asked or one went away."""
    return papers.make_waiting()


@shared_task(name="logicmodels.render_booklet", soft_time_limit=900, time_limit=930)
def render_booklet(booklet_id: int) -> bool:
    """Make one booklet; a second call for the same one does nothing."""
    return booklets.make_booklet(booklet_id)


@shared_task(name="logicmodels.render_waiting_booklets", soft_time_limit=900, time_limit=930)
def render_waiting_booklets() -> int:
    """On beat: make what was ordered and not made, as when no worker could be asked or one went away."""
    return booklets.make_waiting()

"""Many logic models as one PDF: a list of what is in it, then the paper of each, numbered through."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from cityhall import papers
from logicmodels import pdf
from logicmodels.models import Booklet, Edition, LogicModel
from logicmodels.paper import paper_html


def pdf_of(booklet: Booklet, told: Callable[[int], None]) -> bytes:
    """The booklet as PDF; `told` hears how many models lie there. Raises NotPrinted with the model named."""
    states = [_state(model) for model in _models(booklet)]
    return papers.pdf_of_many(
        _each(states, booklet.size, told),
        "logicmodel-paper",
        front=lambda sheets: _front(states, sheets, booklet),
    )


def place_of(booklet: Booklet) -> Path:
    """Where the file of a made booklet lies."""
    return pdf.folder() / booklet.name


def _models(booklet):
    return booklet.included.select_related("proposal__organization").order_by("number")


def _state(model: LogicModel) -> Edition:
    """The newest edition, or the draft where nothing was fixed yet."""
    newest = model.editions.select_related("model__proposal__organization", "posting__department")
    return newest.order_by("-number").first() or Edition.of_draft(model)


def _each(states, size, told) -> Iterator[str]:
    """The paper of each state; asked for the next one, the one before lies there."""
    for done, state in enumerate(states):
        told(done)
        yield paper_html(state, size)
    told(len(states))


def _front(states, sheets, booklet) -> str:
    """The list of what is in the booklet, and on which page it begins."""
    begins = [1 + sum(sheets[:i]) for i in range(len(sheets))]
    told = {
        "rows": list(zip(states, begins, strict=True)),
        "size": booklet.size,
        "made_at": timezone.now(),
    }
    return render_to_string("logicmodels/booklet.html", told)

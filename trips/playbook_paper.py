"""旅の型 on A4: the steps with their days, letters, model, roles, and what to repeat."""

from django.template.loader import render_to_string
from django.utils import timezone

from cityhall.context import office
from trips.playbook import Playbook

STYLE = "playbook-paper"


def paper_html(book: Playbook, *, is_on_screen: bool = False) -> str:
    """The whole paper; on screen it takes its style from the site, in the PDF it brings it."""
    told = {"book": book, "on": timezone.localdate(), "office": office(), "is_on_screen": is_on_screen}
    return render_to_string("trips/playbook_paper.html", told)

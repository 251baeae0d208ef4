"""The sheets to print and write on: drawn from the form's own fields, as a page and as PDF."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from cityhall import papers
from proposals.forms import paper, words
from proposals.models import Track

STYLE = "paper"


def paper_html(track: Track, *, is_on_screen: bool = False) -> str:
    """The whole sheet; on screen it takes its style from the site, in the PDF it brings it."""
    told = {
        "track": track,
        "parts": paper.parts(track),
        "pages": paper.PAGES[track],
        "notices": words.NOTICES,
        "is_on_screen": is_on_screen,
    }
    return render_to_string("proposals/paper_sheet.html", told)


def print_pdf(track: Track) -> bool:
    """Make the PDF of a sheet, unless the one there is of the same words; raises NoPango where it cannot."""
    html = paper_html(track)
    stamp, now = place_of(track).with_suffix(".stamp"), papers.mark_of(html, STYLE)
    if place_of(track).exists() and stamp.exists() and stamp.read_text() == now:
        return False
    papers.put(place_of(track), papers.pdf_of(html, STYLE))
    papers.put(stamp, now.encode())
    return True


def place_of(track: Track) -> Path:
    """Where the PDF of a sheet lies, once it is made."""
    return settings.VAR / "papers" / f"{track}.pdf"

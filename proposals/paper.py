"""The sheets to print and write on: drawn from the form's own fields, as a page and as PDF."""

import hashlib
import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from cityhall import pdf_fonts
from proposals.forms import paper, words
from proposals.models import Track


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
    html = paper_html(track).replace("</head>", f"<style>{_style()}</style></head>", 1)
    stamp, now = place_of(track).with_suffix(".stamp"), hashlib.sha256(html.encode()).hexdigest()
    if place_of(track).exists() and stamp.exists() and stamp.read_text() == now:
        return False
    _put(place_of(track), pdf_fonts.render(html))
    _put(stamp, now.encode())
    return True


def place_of(track: Track) -> Path:
    """Where the PDF of a sheet lies, once it is made."""
    return settings.VAR / "papers" / f"{track}.pdf"


def _put(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(place)


@cache
def _style() -> str:
    return Path(finders.find("css/paper.css")).read_text()

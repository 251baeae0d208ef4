"""The official letter of a result on A4: the same sheet on the screen, on paper and as PDF."""

import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from cityhall import pdf_fonts
from proposals.models import Announcement


def letter_html(letter: Announcement, *, is_on_screen: bool = False, back: str = "", pdf: str = "") -> str:
    """The whole sheet; on screen it takes its style from the site, in the PDF it brings it."""
    told = {"letter": letter, "is_on_screen": is_on_screen, "back": back, "pdf": pdf}
    return render_to_string("proposals/letters/paper.html", told)


def put_away(letter: Announcement) -> str:
    """Make the PDF; returns its name, which nobody can guess. Raises NoPango where it cannot."""
    html = letter_html(letter).replace("</head>", f"<style>{_style()}</style></head>", 1)
    data = pdf_fonts.render(html)
    name = f"{secrets.token_hex(16)}.pdf"
    place_of(name).parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = place_of(name).with_suffix(".part")
    draft.write_bytes(data)
    draft.replace(place_of(name))
    return name


def discard(name: str) -> None:
    """Take a PDF off the disk; nothing happens where it is gone."""
    place_of(name).unlink(missing_ok=True)


def place_of(name: str) -> Path:
    """Where the PDF of this name lies, below MEDIA_ROOT; no address leads there."""
    return Path(settings.MEDIA_ROOT) / "letters" / name


@cache
def _style() -> str:
    return Path(finders.find("css/letter.css")).read_text()

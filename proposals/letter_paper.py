"""The official letter of a result on A4: the same sheet on the screen, on paper and as PDF."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from cityhall import papers
from proposals.models import Announcement


def letter_html(letter: Announcement, *, is_on_screen: bool = False, back: str = "", pdf: str = "") -> str:
    """The whole sheet; on screen it takes its style from the site, in the PDF it brings it."""
    told = {"letter": letter, "is_on_screen": is_on_screen, "back": back, "pdf": pdf}
    return render_to_string("proposals/letters/paper.html", told)


def put_away(letter: Announcement) -> str:
    """Make the PDF; returns its name, which nobody can guess. Raises NoPango where it cannot."""
    return papers.put_away(_folder(), papers.pdf_of(letter_html(letter), "letter"))


def discard(name: str) -> None:
    """Take a PDF off the disk; nothing happens where it is gone."""
    place_of(name).unlink(missing_ok=True)


def place_of(name: str) -> Path:
    """Where the PDF of this name lies, below MEDIA_ROOT; no address leads there."""
    return _folder() / name


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "letters"

"""Papers: a page with its own style as PDF, and files that lie there whole or not at all."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from cityhall import pdf_fonts

COMMON = "papers"  # what every paper wears beneath its own style
CORNERS = "@page{@bottom-right{content:%s}} @page small{@bottom-right{content:%s}}"
NUMBERED = "@page :first{counter-reset:page %d} @page small:first{counter-reset:page %d}"


def pdf_of(html: str, sheet: str) -> bytes:
    """The page in the style of static/css/`sheet`.css, as PDF; raises NotPrinted where it cannot be made."""
    return pdf_fonts.render(_dressed(html, sheet))


def pdf_of_many(pages: Iterable[str], sheet: str, front: Callable[[list[int]], str]) -> bytes:
    """Many papers as one PDF, numbered through; `front(sheets)` writes what stands before them."""

    def through(sheets):
        for html in pages:
            first = 1 + sum(sheets)
            yield _dressed(html, sheet, CORNERS % (("counter(page)",) * 2) + NUMBERED % (first, first))

    def before(sheets):
        return _dressed(front(sheets), sheet, CORNERS % ("none", "none"))

    return pdf_fonts.render_together(through, before)


def _dressed(html: str, sheet: str, more: str = "") -> str:
    return html.replace("</head>", f"<style>{style(sheet)}{more}</style></head>", 1)


@cache
def style(sheet: str) -> str:
    """The style a paper brings with it, where no site is there to ask."""
    return "\n".join(Path(finders.find(f"css/{name}.css")).read_text() for name in (COMMON, sheet))


def mark_of(html: str, sheet: str) -> str:
    """The fingerprint of a page in its style: the same words printed alike have the same."""
    return hashlib.sha256((html + style(sheet)).encode()).hexdigest()


def place_of(folder: str, key: int, html: str, sheet: str) -> Path:
    """Where the PDF of something as it is now lies, once it is made; other words, another place."""
    return Path(settings.MEDIA_ROOT) / folder / f"{key}-{mark_of(html, sheet)[:32]}.pdf"


def print_newest(folder: str, key: int, html: str, sheet: str) -> bool:
    """Make that PDF unless it is there, in place of those of older words; raises NoPango where it cannot."""
    place = place_of(folder, key, html, sheet)
    if place.exists():
        return False
    put(place, pdf_of(html, sheet))
    for older in set(place.parent.glob(f"{key}-*.pdf")) - {place}:
        older.unlink(missing_ok=True)
    return True


def put(place: Path, data: bytes) -> None:
    """Write the file there, whole or not at all, in place of the one before."""
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}.part")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)


def put_away(folder: Path, data: bytes, ending: str = "pdf") -> str:
    """Write the file under a name nobody can guess, and return the name."""
    name = f"{secrets.token_hex(16)}.{ending}"
    put(folder / name, data)
    return name

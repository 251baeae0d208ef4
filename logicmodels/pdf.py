"""The PDF of an edition, and where its file lies: whole or not at all."""

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from cityhall import pdf_fonts
from logicmodels.models import Edition, Paper
from logicmodels.paper import paper_html


def pdf_of(edition: Edition, size: str) -> bytes:
    """The paper as PDF: tagged, Japanese, black and white; raises NoPango where it cannot be made."""
    html = paper_html(edition, size)
    return pdf_fonts.render(html.replace("</head>", f"<style>{_style()}</style></head>", 1))


def put_away(pdf: bytes) -> str:
    """Write the file under a random name and return it; a file is there whole or not at all."""
    name = f"{secrets.token_hex(16)}.pdf"
    _folder().mkdir(parents=True, exist_ok=True)
    draft = _folder() / f"{name}.part"
    with draft.open("wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_folder() / name)
    return name


def place_of(paper: Paper) -> Path:
    """Where the file of a made paper lies."""
    return _folder() / paper.name


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "logic-models"


@cache
def _style() -> str:
    return Path(finders.find("css/logicmodel-paper.css")).read_text()

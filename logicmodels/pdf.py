"""The PDF of an edition, and where its file lies: whole or not at all."""

from pathlib import Path

from django.conf import settings

from cityhall import papers
from logicmodels.models import Edition, Paper
from logicmodels.paper import paper_html


def pdf_of(edition: Edition, size: str) -> bytes:
    """The paper as PDF: tagged, Japanese, black and white; raises NotPrinted where it cannot be made."""
    return papers.pdf_of(paper_html(edition, size), "logicmodel-paper")


def put_away(pdf: bytes) -> str:
    """Write the file under a random name and return it; a file is there whole or not at all."""
    return papers.put_away(folder(), pdf)


def place_of(paper: Paper) -> Path:
    """Where the file of a made paper lies."""
    return folder() / paper.name


def folder() -> Path:
    """Where all papers of logic models lie."""
    return Path(settings.MEDIA_ROOT) / "logic-models"

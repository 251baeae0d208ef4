"""The dossier's PDF and its ZIP: written whole or not at all, under a random name."""

import hashlib
import os
import secrets
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.template.loader import render_to_string

from cityhall import papers
from cityhall.context import office
from proposals.dossier import ink
from proposals.dossier.content import Telling
from proposals.dossier.papers import Paper, sorted_out
from proposals.models import Dossier


def pdf_of(telling: Telling, dossier: Dossier, going: list[Paper], staying: list[tuple[str, str]]) -> bytes:
    """The case in order of time as PDF; raises NoPango where it cannot be made."""
    context = {
        "case": telling.case,
        "dossier": dossier,
        "title": telling.ink.over(telling.case.title),
        "organization": telling.ink.over(telling.case.organization.name),
        "hidden": telling.hidden,
        "head": telling.head(),
        "entries": telling.entries(),
        "last": telling.records[-1],
        "files": going,
        "left_out": staying,
        "office": office(),
    }
    html = ink.drawn(render_to_string("proposals/dossier/paper.html", context))
    return papers.pdf_of(html, "dossier")


def put_away(dossier: Dossier) -> tuple[str, str]:
    """Make the ZIP; returns its name and its SHA-256."""
    telling = Telling(dossier.proposal, dossier.redactions)
    name = f"{secrets.token_hex(16)}.zip"
    folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = folder() / f"{name}.part"
    try:
        _fill(draft, telling, dossier)
        digest = _digest(draft)
        draft.replace(folder() / name)
    finally:
        draft.unlink(missing_ok=True)
    return name, digest


def _fill(draft: Path, telling: Telling, dossier: Dossier) -> None:
    going, staying = sorted_out(telling)
    pdf = Paper("case.pdf", "", pdf_of(telling, dossier, going, staying), place="case.pdf")
    packed = [pdf, *going]
    with draft.open("wb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
            for paper in packed:
                paper.put_into(zipped)
            zipped.writestr("SHA256SUMS.txt", "".join(f"{one.sha256}  {one.place}\n" for one in packed))
        file.flush()
        os.fsync(file.fileno())


def _digest(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place_of(dossier: Dossier) -> Path:
    """Where the ZIP of a made dossier lies."""
    return folder() / dossier.name


def discard(name: str) -> None:
    """Take a ZIP off the disk; nothing happens where it is gone."""
    if name:
        (folder() / name).unlink(missing_ok=True)


def folder() -> Path:
    """The folder of all of them, below MEDIA_ROOT; no address leads there."""
    return Path(settings.MEDIA_ROOT) / "dossiers"

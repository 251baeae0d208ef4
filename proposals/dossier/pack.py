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
from cityhall.uploads import names, store
from proposals.dossier.content import Telling
from proposals.models import Dossier


def pdf_of(telling: Telling, dossier: Dossier) -> bytes:
    """The case in order of time as PDF; raises NoPango where it cannot be made."""
    context = {
        "case": telling.case,
        "dossier": dossier,
        "head": telling.head(),
        "entries": telling.entries(),
        "files": [(place, paper) for place, paper in _places(telling)],
        "left_out": telling.left_out(),
        "office": office(),
    }
    html = render_to_string("proposals/dossier/paper.html", context)
    return papers.pdf_of(html, "dossier")


def _places(telling: Telling) -> list[tuple[str, object]]:
    """Where each paper lies in the ZIP: numbered, so that two of one name stay two."""
    return [
        (f"files/{n:02}_{names.shown(telling.ink.over(paper.original_name))}", paper)
        for n, paper in enumerate(telling.files(), start=1)
    ]


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
    hashes = []
    with draft.open("wb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as packed:
            pdf = pdf_of(telling, dossier)
            packed.writestr("case.pdf", pdf)
            hashes.append((hashlib.sha256(pdf).hexdigest(), "case.pdf"))
            for place, paper in _places(telling):
                packed.write(store.place_of(paper.name), place)
                hashes.append((_digest(store.place_of(paper.name)), place))
            packed.writestr("SHA256SUMS.txt", "".join(f"{digest}  {place}\n" for digest, place in hashes))
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

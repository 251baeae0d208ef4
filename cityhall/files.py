"""The one view through which every file leaves, and what each app says of who may have it (D17)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.http import FileResponse, Http404

_FINDERS: dict[str, Callable] = {}
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\]")


@dataclass(frozen=True)
class Download:
    """A file somebody may have: where it lies, what it is called, what it is."""

    path: Path
    filename: str
    content_type: str


def file_kind(kind: str):
    """Register a finder `(user, name) -> Download | None` for one kind of file, in an app's `files.py`."""

    def register(finder: Callable[..., Download | None]):
        _FINDERS[kind] = finder
        return finder

    return register


def download(request, kind, name):
    """Anybody whom the kind's finder lets have this file; 404 otherwise."""
    finder = _FINDERS.get(kind)
    found = finder(request.user, name) if finder else None
    if found is None or not found.path.is_file():
        raise Http404
    response = FileResponse(
        found.path.open("rb"),
        as_attachment=True,
        filename=_NOT_IN_A_NAME.sub("", found.filename),
        content_type=found.content_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response

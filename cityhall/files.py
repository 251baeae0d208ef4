"""The one view through which every file leaves, and what each app says of who may have it (D17)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cityhall.uploads import names

_FINDERS: dict[str, Callable] = {}


@dataclass(frozen=True)
class Download:
    """A file somebody may have: where it lies, what it is called, what it is.

    With a `warning` it opens only after somebody has read that and pressed; with a `refusal` for nobody.
    `on_leaving` is called when it is handed out.
    """

    path: Path
    filename: str
    content_type: str
    warning: str = ""
    refusal: str = ""
    on_leaving: Callable[[], object] | None = None


def file_kind(kind: str):
    """Register a finder `(user, name) -> Download | None` for one kind of file, in an app's `files.py`."""

    def register(finder: Callable[..., Download | None]):
        _FINDERS[kind] = finder
        return finder

    return register


def download(request, kind, name):
    """Anybody whom the kind's finder lets have this file, after its warning; 404 otherwise."""
    finder = _FINDERS.get(kind)
    found = finder(request.user, name) if finder else None
    if found is None or not found.path.is_file():
        raise Http404
    if found.refusal or (found.warning and request.method != "POST"):
        return _tell(request, found)
    if found.on_leaving and request.method != "HEAD":
        found.on_leaving()
    return serve(found)


def serve(found: Download | None):
    """The file as an attachment that cannot act, for whom the caller let in; 404 if refused or gone."""
    if found is None or found.refusal or not found.path.is_file():
        raise Http404
    response = FileResponse(
        found.path.open("rb"),
        as_attachment=True,
        filename=names.shown(found.filename),
        content_type=found.content_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "none"  # always whole
    return response


def _tell(request, found: Download):
    """The page before a file nobody vouches for, or in place of a dangerous one."""
    context = {"found": found, "filename": names.shown(found.filename)}
    page = render(request, "cityhall/download.html", context, status=403 if found.refusal else 200)
    add_never_cache_headers(page)
    return page

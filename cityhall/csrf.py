"""A form that came too late: what was typed is given back, to be sent once more."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render

OURS = "csrfmiddlewaretoken"
LONG = 40  # so much text is worth keeping; less is quickly typed again


def failure(request, reason=""):
    """403 with the typed words; they may be sent again only when they came from a page of ours."""
    return _give_back(request, _typed(request) if _is_from_here(request) else [])


def logged_out(request):
    """The login; whose login ended while writing gets the words back first, to be sent after logging in."""
    typed = _typed(request)
    if not _has_long(typed):
        return redirect_to_login(request.get_full_path())
    return _give_back(request, typed, is_logged_out=True)


def given_back(request, typed: list | None = None) -> dict:
    """What `_typed.html` shows: the typed words, and whether they may be sent again from there."""
    typed = _typed(request) if typed is None else typed
    again = bool(typed) and not _asks_a_secret(request)
    kept = typed if again or _has_long(typed) else []
    return {"typed": kept, "again": again, "long": LONG, "had_files": bool(request.FILES)}


def _give_back(request, typed: list, **context):
    return render(request, "403_csrf.html", context | given_back(request, typed), status=403)


def _typed(request) -> list[tuple[str, str]]:
    """What was typed, without its secrets; files are chosen anew."""
    return [
        (name, text)
        for name, texts in request.POST.lists()
        if name != OURS and not _is_secret(name)
        for text in texts
    ]


def _has_long(typed: list[tuple[str, str]]) -> bool:
    return any(len(text) > LONG for _, text in typed)


def _is_from_here(request) -> bool:
    """Whether the browser says the form lay on this very site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def _asks_a_secret(request) -> bool:
    """A form with a password is filled in anew."""
    return any(map(_is_secret, request.POST))


def _is_secret(name: str) -> bool:
    return "password" in name

"""A form that came too late: what was typed is given back, to be sent once more."""

from urllib.parse import urlsplit

from django.shortcuts import render

OURS = "csrfmiddlewaretoken"


def failure(request, reason=""):
    """403 with the typed words; they may be sent again only when they came from a page of ours."""
    typed = [(name, text) for name, texts in request.POST.lists() if name != OURS for text in texts]
    again = bool(typed) and not request.FILES and _is_from_here(request) and not _asks_a_secret(request)
    return render(request, "403_csrf.html", {"typed": typed if again else [], "again": again}, status=403)


def _is_from_here(request) -> bool:
    """Whether the browser says the form lay on this very site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def _asks_a_secret(request) -> bool:
    """A form with a password is filled in anew."""
    return any("password" in name for name in request.POST)

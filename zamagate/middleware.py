"""What stands before every page: the one header nobody else writes, and what no page understands."""

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpResponseNotAllowed, UnreadablePostError

POLICY = ", ".join(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb"))


def permissions_policy(get_response):
    """No page of ours uses the camera, the place or the like: say so to the browser."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return middleware


METHODS = ("GET", "HEAD", "POST")
READ_PAST = 60  # MB of a form too long to be taken: a line shut earlier would carry no answer


def door(get_response):
    """Refuse methods no form or link uses (405), and what cannot be read, or not whole (400)."""

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("この住所は読めません。")
        _take_in(request)
        return get_response(request)

    return middleware


def _take_in(request) -> None:
    """Read the whole form before anything is done with a part of it."""
    try:
        bool(request.POST)
    except UnreadablePostError:
        raise BadRequest("途中で切れたものは受け取りません。") from None
    except RequestDataTooBig:
        for _ in range(READ_PAST):
            if not request.read(1024 * 1024):
                break
        raise

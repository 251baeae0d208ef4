"""What stands before every page: the one header nobody else writes, and what no page understands."""

from django.core.exceptions import BadRequest
from django.http import HttpResponseNotAllowed

POLICY = ", ".join(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb"))


def permissions_policy(get_response):
    """No page of ours uses the camera, the place or the like: say so to the browser."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return middleware


METHODS = ("GET", "HEAD", "POST")


def door(get_response):
    """Refuse methods no form or link uses (405), and addresses with a NUL, which no database takes (400)."""

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("この住所は読めません。")
        return get_response(request)

    return middleware

"""How often anybody may do something at the gate: the table is ZAMAGATE_LIMITS, the counting allauth's."""

import logging

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cityhall import csrf

log = logging.getLogger(__name__)

EVERYBODY = "everybody"
WAIT = 10  # minutes until the page asks to try again


def exceeded(request: HttpRequest, purpose: str) -> bool:
    """Count this POST, and say whether its address, or everybody together, does this too often.

    The address is the one the last trusted proxy saw, of IPv6 its /64. While the cache is away nobody does.
    """
    action = f"gate:{purpose}"
    assert action in settings.ACCOUNT_RATE_LIMITS, action  # allauth lets pass what it does not know
    if ratelimit.consume(request, action=action, key=EVERYBODY):
        return False
    log.warning("limit reached: %s", purpose)
    return True


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 with what was typed, to be sent again a little later."""
    context = {"minutes": WAIT, **csrf.given_back(request)}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(WAIT * 60)
    add_never_cache_headers(response)
    return response

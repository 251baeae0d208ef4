"""How often anybody may do something at the gate (ZAMAGATE_LIMITS), counted in the cache."""

import logging
import time
from functools import cache as remembered
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cityhall import csrf

log = logging.getLogger(__name__)

SECONDS = {"m": 60, "10m": 600, "h": 3600}
WAIT = 10 * 60  # seconds; a program may try again then


def exceeded(request: HttpRequest, purpose: str) -> bool:
    """Count this request, and say whether its address (ip), or everybody together (key), does it too often.

    The address is the one the last trusted proxy saw, of IPv6 its /64. While the cache is away nobody does.
    """
    is_over = False
    for most, seconds, per in _rates(settings.ZAMAGATE_LIMITS[purpose]):
        who = _address(request) if per == "ip" else "everybody"
        is_over = _count(f"{purpose}:{per}:{who}", seconds) > most or is_over
    if is_over:
        log.warning("limit reached: %s", purpose)
    return is_over


@remembered
def _rates(written: str) -> list[tuple[int, int, str]]:
    """30 times in ten minutes from one address, for "30/10m/ip"."""
    rates = (rate.split("/") for rate in written.split(","))
    return [(int(most), SECONDS[window], per) for most, window, per in rates]


def _address(request: HttpRequest) -> str:
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    network = ip_network(f"{address}/64", strict=False) if isinstance(address, IPv6Address) else address
    return str(network)


def _count(what: str, seconds: int) -> int:
    """How often it has happened in this window of time, now included: one question to the cache, or two."""
    key = f"limit:{what.replace('/', '-')}:{int(time.time() // seconds)}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # forgotten meanwhile
        return 1


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 with what was typed, to be sent again a little later."""
    response = render(request, "429.html", csrf.given_back(request), status=429)
    response.headers["Retry-After"] = str(WAIT)
    add_never_cache_headers(response)
    return response

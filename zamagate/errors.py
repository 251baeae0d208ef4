"""What a visitor sees when the site itself fails."""

import sys

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

ANSWERS = ((DataError, 400), ((OperationalError, InterfaceError), 503))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away, or 400 for text no database takes; asks nothing of either."""
    error = sys.exc_info()[1]
    status = next((status for kinds, status in ANSWERS if isinstance(error, kinds)), 500)
    response = HttpResponse(loader.get_template(f"{status}.html").render(), status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response

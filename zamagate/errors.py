"""What a visitor sees when the site itself fails."""

import sys

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from cityhall import csrf

ANSWERS = (((DataError, OverflowError), 400), ((OperationalError, InterfaceError), 503))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away, or 400 for what no database takes; asks nothing of either.

    What somebody wrote while the database was away stands on the page, to be sent once more.
    """
    error = sys.exc_info()[1]
    status = next((status for kinds, status in ANSWERS if isinstance(error, kinds)), 500)
    page = loader.get_template(f"{status}.html")
    if status != 503:
        return HttpResponse(page.render(), status=status)
    if request.method == "POST":
        response = HttpResponse(page.render(csrf.given_back(request), request), status=status)
    else:
        response = HttpResponse(page.render(), status=status)
    response.headers["Retry-After"] = "60"
    return response

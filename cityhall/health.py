"""Whether the site can work: asked by the process runner, the container and the monitor."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from cityhall import pdf_fonts


def database_answers() -> bool:
    """A row can be read."""
    try:
        with connection.cursor() as cursor:
            return cursor.execute("SELECT 1") is not None or True
    except DatabaseError:
        return False


def cache_answers() -> bool:
    """A value can be kept and read back; a cache that is away is no error of ours, so any is caught."""
    try:
        cache.set("health", "ok", 10)
        return cache.get("health") == "ok"
    except Exception:
        return False


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when database and cache answer, else 503; PDF is told but a site without it still works."""
    vital = {"database": database_answers(), "cache": cache_answers()}
    told = {
        name: "ok" if works else "down" for name, works in (vital | {"pdf": pdf_fonts.available()}).items()
    }
    return JsonResponse(told, status=200 if all(vital.values()) else 503)

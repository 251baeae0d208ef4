"""Whether the site can work: asked by the process runner, the container and the monitor."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from cityhall import pdf_fonts


def database_answers() -> bool:
    """The database takes a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
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
    parts = vital | {"pdf": pdf_fonts.available()}
    answer = {name: "ok" if works else "down" for name, works in parts.items()}
    return JsonResponse(answer, status=200 if all(vital.values()) else 503)

"""Running numbers: given inside the caller's transaction, never changed, never reused, gaps allowed."""

from django.db import connection

from cityhall.models import Counter

TAKE = (
    f"INSERT INTO {Counter._meta.db_table} AS counter (series, year, last) VALUES (%s, %s, 1) "
    "ON CONFLICT (series, year) DO UPDATE SET last = counter.last + 1 RETURNING last"
)


def next_number(series: str, year: int) -> int:
    """The next number of a series (case, trip, model) in a fiscal year; others wait until we commit."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, year])
        return cursor.fetchone()[0]

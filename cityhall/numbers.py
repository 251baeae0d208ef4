"""Running numbers: given inside the caller's transaction, never changed, never reused, gaps allowed."""

from cityhall.models import Counter


def next_number(series: str, year: int) -> int:
    """The next number of a series (case, trip, model) in a fiscal year, from one locked row."""
    Counter.objects.get_or_create(series=series, year=year)
    counter = Counter.objects.select_for_update().get(series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last

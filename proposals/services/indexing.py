"""Keeping the search true where more than a new version changes: an organisation's name, a rebuilt index."""

from django.db import connection, transaction
from django.db.models import F, Max, QuerySet

from proposals import search
from proposals.models import Organization, Proposal, Submission

SLICE = 500


@transaction.atomic
def renamed(organization: Organization) -> int:
    """The organisation's cases are found by its names as they are now; returns how many cases."""
    return reindex(Proposal.objects.filter(organization=organization))


def reindex(cases: QuerySet[Proposal]) -> int:
    """Make the keys of these cases anew from their newest words; returns how many."""
    newest = Submission.objects.filter(proposal__in=cases).annotate(
        newest=Max("proposal__submissions__version")
    )
    rows = newest.filter(version=F("newest")).select_related("proposal__organization")
    done = 0
    for row in rows.order_by("pk").iterator(chunk_size=SLICE):
        done += Submission.objects.filter(pk=row.pk).update(**search.entry(row))
    return done


def rebuild() -> int:
    """Make all keys anew, and on SQLite the full-text table from them; returns how many cases."""
    done = reindex(Proposal.objects.all())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {search.TABLE} ({search.TABLE}) VALUES ('rebuild')")
    return done

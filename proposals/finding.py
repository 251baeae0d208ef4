"""Looking for cases: the hits are those of LIKE on the folded key, found by pairs of signs.

A word that many cases hold is not gathered from the index: the list is read in its order and stops at a page.
"""

import json

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex

from proposals import search
from proposals.models import Proposal, Submission

MANY = 2000  # cases; from so many on reading the list in order finds a page sooner


def containing(cases: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Those of the cases that hold every word, in their number, words or organisation; no word, no case."""
    terms = search.terms(words)
    if not terms:
        return cases.none()
    pairs = list(dict.fromkeys(pair for term in terms for pair in search.pairs_of(term)))
    if _are_many(pairs):
        newest = Submission.objects.filter(proposal=OuterRef("pk")).order_by("-version")
        return _holding(cases, Subquery(newest.values("search_text")[:1]), terms)
    found = _holding(Submission.objects.filter(search_pairs__holds=pairs), F("search_text"), terms)
    return cases.filter(pk__in=found.values("proposal"))


def _holding(rows: QuerySet, text, terms: list[str]) -> QuerySet:
    """The rows whose text holds every term; said so that PostgreSQL expects many and reads in order."""
    places = {f"place_{n}": StrIndex(text, Value(term)) for n, term in enumerate(terms)}
    return rows.alias(**places).filter(**{f"{name}__gt": 0 for name in places})


def _are_many(pairs: list[str]) -> bool:
    """Whether even the rarest of the pairs stands in many cases, as far as the database knows."""
    if connection.vendor == "postgresql":
        first, *others = (
            Submission.objects.filter(search_pairs__holds=[pair]).order_by().values("pk") for pair in pairs
        )
        told = json.loads(first.union(*others, all=True).explain(format="json"))[0]["Plan"]
        plans = told["Plans"] if others else [told]
        return min(plan["Plan Rows"] for plan in plans) > MANY
    some = f"SELECT rowid FROM {search.TABLE} WHERE {search.TABLE} MATCH %s LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({some})", [search.match(pairs), MANY + 1])
        return cursor.fetchone()[0] > MANY

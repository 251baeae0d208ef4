"""Looking for cases: the hits are those of LIKE on the folded key, found by pairs of signs.

A word that many cases hold is not gathered from the index: the list is read in its order and stops at a page.
"""

import json

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from proposals import search
from proposals.models import Proposal, Submission

MANY = 2000  # cases; from so many on reading the list in order finds a page sooner


def containing(cases: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Those of the cases that hold every word, in their number, words or organisation; no word, no case."""
    terms = search.terms(words)
    if not terms:
        return cases.none()
    in_text = [Q(search_text__contains=term) for term in terms]
    pairs = list(dict.fromkeys(pair for term in terms for pair in search.pairs_of(term)))
    if _are_many(pairs):
        newest = Submission.objects.filter(proposal=OuterRef("pk")).order_by("-version")
        cases = cases.alias(search_text=Subquery(newest.values("search_text")[:1]))
        return cases.filter(*in_text)
    found = Submission.objects.filter(*in_text, search_pairs__holds=pairs)
    return cases.filter(pk__in=found.values("proposal"))


def _are_many(pairs: list[str]) -> bool:
    """Whether even the rarest of the pairs stands in many cases, as far as the database knows."""
    if connection.vendor == "postgresql":
        first, *others = (
            Submission.objects.filter(search_pairs__holds=[pair]).values("pk") for pair in pairs
        )
        told = json.loads(first.union(*others, all=True).explain(format="json"))[0]["Plan"]
        plans = told["Plans"] if others else [told]
        return min(plan["Plan Rows"] for plan in plans) > MANY
    return Submission.objects.filter(search_pairs__holds=pairs)[: MANY + 1].count() > MANY

"""Which cases are like a case, each with its reason in words; for a person to judge, never acted upon.

How near their words are is said by `telling`.
"""

from dataclasses import dataclass, field
from itertools import combinations

from django.db.models import Q, QuerySet

from cityhall import text
from proposals import search
from proposals.models import Organization, Proposal, Submission
from proposals.telling import likeness, phrases, stem, telling
from proposals.workflow import Step

NEAR = 0.22  # found with the labelled set of tests/proposals/similar_cases.py
TITLE = 0.3  # share of the title; the rest is title and overview together
MOST, OF_ONE_ORGANIZATION, CANDIDATES, WORDS = 5, 20, 40, 8


@dataclass
class Likeness:
    """A case that is like another, and why."""

    case: Proposal
    score: float = 0
    reasons: list[str] = field(default_factory=list)


def similar(case: Proposal, told: str | None = None) -> list[Likeness]:
    """The cases like this one, the likest first, in one statement whatever the number of cases.

    `told` is the newest overview; it is asked for where the caller has not read it.
    """
    if told is None:
        told = case.submissions.exclude(search_pairs="").values_list("overview", flat=True).first() or ""
    found = [_compared(case, told, row) for row in _candidates(case, told)]
    return sorted((one for one in found if one.reasons), key=lambda one: -one.score)[:MOST]


def _candidates(case: Proposal, told: str) -> QuerySet[Submission]:
    """The newest words of cases worth a look: of the organisation or a namesake, or with words in common."""
    newest = Submission.objects.exclude(search_pairs="").exclude(proposal=case.pk).order_by("-pk")
    newest = newest.exclude(proposal__step=Step.MERGED)
    theirs = newest.filter(proposal__organization=case.organization_id)
    same = namesakes(case.organization).exclude(pk=case.organization_id).order_by().values("pk")
    others = newest.filter(proposal__organization__in=same[:OF_ONE_ORGANIZATION])
    found = [theirs[:OF_ONE_ORGANIZATION], others[:OF_ONE_ORGANIZATION]]
    if shared := _shares_words(case.title, told):
        found.append(newest.filter(shared)[:CANDIDATES])
    few = [Submission.objects.filter(pk__in=rows.values("pk")).order_by().values("pk") for rows in found]
    return Submission.objects.filter(pk__in=few[0].union(*few[1:])).select_related("proposal__organization")


def namesakes(organization: Organization) -> QuerySet[Organization]:
    """The organisation and those that bear its name or its reading, merged ones too."""
    same = Q(pk=organization.pk) | Q(name_key=organization.name_key)
    if organization.kana:
        same |= Q(kana=organization.kana)
    return Organization.objects.filter(same)


def _shares_words(title: str, told: str) -> Q:
    """Holds two of the telling words; with one telling word, that one."""
    words = telling(title)
    words += sorted((word for word in telling(told) if word not in words), key=len, reverse=True)
    marks = list(dict.fromkeys(tuple(search.pairs_of(stem(word))) for word in words))[:WORDS]
    pairs = [[*one, *other] for one, other in combinations(marks, 2)] or marks
    return Q(search_pairs__holds_one_of=pairs) if pairs else Q()


def score(title: str, told: str, other_title: str, other_told: str) -> float:
    """How alike two cases are, by their titles and by all they tell."""
    whole = likeness(f"{title}。{told}", f"{other_title}。{other_told}")
    return TITLE * likeness(title, other_title) + (1 - TITLE) * whole


# --- reasons ----------------------------------------------------------------


def _compared(case: Proposal, told: str, row: Submission) -> Likeness:
    other = row.proposal
    found = Likeness(other, score(case.title, told, other.title, row.overview))
    if found.score >= NEAR:
        found.reasons.append(_in_words(case, told, row))
    if other.organization_id == case.organization_id:
        found.reasons.append("団体が同じです")
    elif other.organization.name_key == case.organization.name_key:
        found.reasons.append(f"団体名が同じです：{other.organization}")
    elif case.organization.kana and other.organization.kana == case.organization.kana:
        found.reasons.append(f"団体名の読みが同じです：{other.organization}")
    return found


def _in_words(case: Proposal, told: str, row: Submission) -> str:
    if text.search_key(case.title) == text.search_key(row.proposal.title):
        return "件名が同じです"
    if shared := phrases(case.title, row.proposal.title):
        return f"件名が似ています：{'・'.join(shared)}"
    shared = phrases(f"{case.title}。{told}", f"{row.proposal.title}。{row.overview}")
    return f"中身が似ています：{'・'.join(shared)}" if shared else "中身が似ています"

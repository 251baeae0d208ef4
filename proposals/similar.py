"""Which cases are like a case, each with its reason in words; for a person to judge, never acted upon.

Japanese has no spaces, so words are compared by their pairs of signs. A pair of kanji or katakana tells most,
one with hiragana little; what every second proposal speaks of (高齢者, 小学校, 市内 …) tells little too.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from django.db.models import Q, QuerySet

from cityhall import text
from proposals import search
from proposals.models import Organization, Proposal, Submission
from proposals.workflow import Step

NEAR = 0.22  # found with the labelled set of tests/proposals/similar_cases.py
TITLE = 0.3  # share of the title; the rest is title and overview together
WEIGHTS = (1.0, 0.3, 0.1)  # of a pair with none, one, two hiragana
OF_COMMON_WORDS = 0.3
MOST, OF_ONE_ORGANIZATION, CANDIDATES, WORDS = 5, 20, 40, 8
LONGEST = 300  # signs of a text that are compared
COMMON = re.compile(
    "高齢者|一人暮らし|小学校|中学校|学校|大学生|学生|子供|市内|市民|地域|座間市?|当社|提案|協力|事業|活動|毎月|毎週|連携|支援|市"
)
CHILDREN = re.compile("子ども|こども")
HIRAGANA = re.compile("[ぁ-ゖ]")
PARTICLES = "ぁあぃいぅうぇえぉおがのをにはでとへや"
KATAKANA = re.compile("[ァ-ヺー]{2}")
CONTENT = re.compile(r"[^\Wぁ-ゖ_]{2,}")


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
    theirs = newest.filter(proposal__organization__in=namesakes(case.organization).values("pk"))
    wanted = Q(pk__in=theirs.values("pk")[:OF_ONE_ORGANIZATION])
    if shared := _shares_words(case.title, told):
        wanted |= Q(pk__in=newest.filter(shared).values("pk")[:CANDIDATES])
    return Submission.objects.filter(wanted).select_related("proposal__organization")


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
    marks = list(dict.fromkeys(tuple(search.pairs_of(_stem(word))) for word in words))[:WORDS]
    pairs = [[*one, *other] for one, other in combinations(marks, 2)] or marks
    return Q(search_pairs__holds_one_of=pairs) if pairs else Q()


def _stem(word: str) -> str:
    """連絡 of 連絡先: two kanji are a word, and three often another one's."""
    return search.key(word if KATAKANA.match(word) else word[:2])


# --- words ------------------------------------------------------------------


def telling(words: str) -> list[str]:
    """The kanji and katakana words of a text but for common ones, each once: 夕食, 宅配, 見守."""
    return list(dict.fromkeys(CONTENT.findall(COMMON.sub("。", _folded(words)))))


def likeness(one: str, other: str) -> float:
    """Dice's coefficient over weighted pairs of signs: 0 for nothing in common, 1 for the same words."""
    ours, theirs = _pairs(one), _pairs(other)
    whole = sum(ours.values()) + sum(theirs.values())
    return 2 * sum(ours[pair] for pair in ours.keys() & theirs.keys()) / whole if whole else 0.0


def score(title: str, told: str, other_title: str, other_told: str) -> float:
    """How alike two cases are, by their titles and by all they tell."""
    whole = likeness(f"{title}。{told}", f"{other_title}。{other_told}")
    return TITLE * likeness(title, other_title) + (1 - TITLE) * whole


def phrases(one: str, other: str, most: int = 3) -> list[str]:
    """The longest stretches both texts hold, common words left out."""
    there, found = _folded(other), []
    for part in re.split(r"[^\w]+", COMMON.sub("。", _folded(one))):
        start = 0
        while start < len(part) - 1:
            shared = _stretch(part, start, there)
            if len(HIRAGANA.sub("", shared)) > 1:
                found.append(shared.strip(PARTICLES))
            start += max(len(shared), 1)
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:most]


def _stretch(part: str, start: int, there: str) -> str:
    """The longest piece from here on that stands there too; none from inside a katakana word."""
    if KATAKANA.match(part[max(start - 1, 0) : start + 1]):
        return ""
    end = start
    while end < len(part) and part[start : end + 1] in there:
        end += 1
    return part[start:end]


def _folded(words: str) -> str:
    return CHILDREN.sub("子供", unicodedata.normalize("NFKC", words[:LONGEST]).casefold())


@lru_cache(maxsize=256)
def _pairs(words: str) -> dict[str, float]:
    folded = _folded(words)
    found = {pair: OF_COMMON_WORDS * weight for pair, weight in _weighted(folded)}
    return found | dict(_weighted(COMMON.sub("。", folded)))


def _weighted(folded: str):
    for part in re.split(r"[^\w]+", folded):
        for n in range(len(part) - 1):
            yield part[n : n + 2], WEIGHTS[len(HIRAGANA.findall(part[n : n + 2]))]


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

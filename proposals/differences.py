"""What changed between two texts, and between two versions of a proposal, in words and phrase by phrase."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from proposals.models import Submission

PART = re.compile(r"[^、。\n]*[、。\n]|[^、。\n]+")
SAME, ADDED, GONE = "same", "added", "gone"
NO_WORDS = {"id", "proposal", "version", "key", "submitted_at", "notices_version", "pledges_version"}
NO_WORDS |= {"search_text", "search_pairs"}
FIELDS = [field for field in Submission._meta.concrete_fields if field.name not in NO_WORDS]


def month_in_words(day: date) -> str:
    """2027年4月, of any day of it."""
    return f"{day.year}年{day.month}月"


WHOLE = {  # compared as one: a month, an amount, a trouble of the city
    "wished_month": month_in_words,
    "cost_amount": lambda yen: f"{yen:,}円",
    "theme": str,
}


@dataclass(frozen=True)
class Difference:
    """A field of a proposal in two versions: its words, each the same, added or gone."""

    term: str
    words: list[tuple[str, str]]

    @property
    def is_changed(self) -> bool:
        return any(kind != SAME for kind, _ in self.words)


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """The text as pairs of "same", "added" or "gone" and words."""
    return _between(_phrases(before), _phrases(after))


def joined(base: str, theirs: str, mine: str) -> tuple[str, bool]:
    """Two rewritings of a text in one, and whether they touch; where they do, both stand, theirs first."""
    parts = PART.findall(base)
    edits = sorted([*_edits(parts, theirs), *_edits(parts, mine, is_mine=True)])
    text, at, touches = "", 0, False
    for cluster in _clusters(edits):
        first, last = cluster[0][0], max(edit[1] for edit in cluster)
        sides = [
            _rewritten(parts, first, last, [e for e in cluster if e[2] is mine]) for mine in (False, True)
        ]
        one_sided = len({edit[2] for edit in cluster}) == 1
        touches = touches or not (one_sided or sides[0] == sides[1])
        both = sides[cluster[0][2]] if one_sided else "".join(dict.fromkeys(sides))
        text, at = text + "".join(parts[at:first]) + both, last
    return text + "".join(parts[at:]), touches


def _edits(parts: list[str], after: str, *, is_mine: bool = False) -> list[tuple[int, int, bool, str]]:
    """From where to where of the parts something else stands, whose edit it is, and what stands there."""
    new = PART.findall(after)
    codes = SequenceMatcher(None, parts, new, autojunk=False).get_opcodes()
    return [(i, j, is_mine, "".join(new[k:m])) for kind, i, j, k, m in codes if kind != "equal"]


def _clusters(edits: list[tuple]) -> list[list[tuple]]:
    """Edits that overlap, or insert at the same place, together."""
    found: list[list[tuple]] = []
    for edit in edits:
        last = max((known[1] for known in found[-1]), default=-1) if found else -1
        at_once = found and (edit[0] < last or edit[0] == found[-1][-1][0])
        found[-1].append(edit) if at_once else found.append([edit])
    return found


def _rewritten(parts: list[str], first: int, last: int, edits: list[tuple]) -> str:
    """The parts from first to last, with these edits made."""
    text, at = "", first
    for i, j, _, words in edits:
        text, at = text + "".join(parts[at:i]) + words, j
    return text + "".join(parts[at:last])


def differences(
    before: Submission | None, after: Submission, *, leaving_out: Iterable[str] = ()
) -> list[Difference]:
    """Two versions field by field, in the order of the form; what is empty in both is left out."""
    fields = [field for field in FIELDS if field.name not in leaving_out]
    found = [Difference(field.verbose_name, _of(field, before, after)) for field in fields]
    return [difference for difference in found if difference.words]


def changed(before: Submission, words: dict) -> list[str]:
    """Which columns these words give another value."""
    return [
        field.name
        for field in FIELDS
        if field.name in words and getattr(before, field.name) != words[field.name]
    ]


def _of(field, before: Submission | None, after: Submission) -> list[tuple[str, str]]:
    old, new = ([] if row is None else _worded(field, getattr(row, field.name)) for row in (before, after))
    return _between(old, new)


def _worded(field, value) -> list[str]:
    """The value of a column as a person reads it, cut into what is compared as a whole."""
    if value in (None, "", []):
        return []
    if isinstance(value, list):
        return [f"{one}　" for one in value]
    if field.choices:
        return [dict(field.flatchoices).get(value, value)]
    if field.name in WHOLE:
        return [WHOLE[field.name](value)]
    return _phrases(str(value))


def _phrases(text: str) -> list[str]:
    return [phrase for part in PART.findall(text) for phrase in _parser().parse(part)]


@cache
def _parser():
    import budoux

    return budoux.load_default_japanese_parser()


def _between(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(old[i:j])))
        else:
            found += [(GONE, "".join(old[i:j])), (ADDED, "".join(new[k:m]))]
    return [(kind, words) for kind, words in found if words]

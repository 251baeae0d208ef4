"""A reason: one sentence a person can check, what kind it is, and how much it moves its candidate forward.

WEIGHTS is the only place that orders candidates. No sum is ever shown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


class Word(StrEnum):
    """What a reason rests on: the words of today, what has happened, or nothing one may rely on yet."""

    FITS = "合う"
    RECORD = "記録"
    UNSURE = "未確認"


KEPT = 1024  # addresses that are remembered
# fmt: off
WEIGHTS = {
    # 合う: sections
    "answers_trouble": (Word.FITS, 8),    # the proposal was sent as an answer to this very trouble
    "trouble_words":   (Word.FITS, 2),    # each word shared with an open trouble, three at most
    "trouble_expects": (Word.FITS, 2),    # the trouble hopes for what the proposal brings
    # 合う: local partners
    "answers_wish":    (Word.FITS, 3),    # each word of the wish among what it has or does, two at most
    "wants":           (Word.FITS, 3),    # it looks, in the same words, for what the proposal brings
    "activity_named":  (Word.FITS, 3),    # each field of activity the proposal's words speak of, two at most
    "activity":        (Word.FITS, 1),    # a field of activity that goes with the proposal's 分野
    "words":           (Word.FITS, 2),    # each other word shared, three at most
    "form":            (Word.FITS, 1),    # a form of help the proposal asks for
    "wants_kind":      (Word.FITS, 1),    # it looks for a kind of thing the proposal brings
    "place":           (Word.FITS, 1),    # the same place in the town
    "days":            (Word.FITS, 1),    # the same days of the week
    # 記録: sections
    "leads":           (Word.RECORD, 10), # is in charge of this case already
    "said_yes":        (Word.RECORD, 6),  # answered this case's sheet: 前向きに受ける
    "said_if":         (Word.RECORD, 4),  # … 条件がそろえば受ける
    "said_other":      (Word.RECORD, 0),  # … passed it on
    "said_hard":       (Word.RECORD, -2), # … いまは難しい
    "was_asked":       (Word.RECORD, 2),  # its answer to this case's sheet is out
    "answered_field":  (Word.RECORD, 1.5),  # each answer in its fields, three at most; a TRIP is one more
    "alike":           (Word.RECORD, 2),  # took part in a case like this one
    # 記録: local partners
    "went_on":         (Word.RECORD, 2),  # an earlier introduction goes on
    "met":             (Word.RECORD, 0),  # it was introduced before, with whatever result
    "matched":         (Word.RECORD, 2),  # it is part of a match
    "project":         (Word.RECORD, 1),  # one of these became a TRIP
    # 未確認: told, so that it is settled before people meet; moves nobody forward
    "stale":           (Word.UNSURE, 0),
    "capacity":        (Word.UNSURE, 0),
    "consent":         (Word.UNSURE, 0),
    "beyond":          (Word.UNSURE, -1), # not yet active in 座間市
    "not_asked":       (Word.UNSURE, 0),
}
# fmt: on


class Drawn:
    """A piece of a sentence that is drawn when it is shown: most candidates never are."""

    def __init__(self, draw, *parts):
        self.draw, self.parts = draw, parts

    def __html__(self) -> SafeString:
        return self.draw(*self.parts)

    __str__ = __html__


@dataclass(frozen=True)
class Reason:
    """One sentence about a candidate; {} in it stands for its parts, and the words that met are marked."""

    name: str
    sentence: str
    parts: tuple = ()
    times: int = 1

    @property
    def text(self) -> SafeString:
        """The sentence as it is shown; what is not marked safe is escaped."""
        return mark_safe(self.sentence.format(*map(safe, self.parts)))

    @property
    def word(self) -> Word:
        return WEIGHTS[self.name][0]

    @property
    def weight(self) -> float:
        return WEIGHTS[self.name][1] * self.times

    @property
    def is_unsure(self) -> bool:
        return self.word == Word.UNSURE


@dataclass
class Candidate:
    """Somebody who may fit, and why: 合う first, then 記録, then 未確認."""

    subject: object
    reasons: list[Reason] = field(default_factory=list)

    @property
    def has_ground(self) -> bool:
        """Whether more than one faint agreement speaks for it."""
        return any(one.weight > 1 for one in self.reasons) or sum(one.weight > 0 for one in self.reasons) > 2

    @property
    def told(self) -> list[dict]:
        """Its reasons as a page shows them."""
        return [
            {"word": one.word.value, "is_unsure": one.is_unsure, "text": one.text} for one in self.reasons
        ]

    @property
    def place(self) -> tuple[float, str]:
        """What it is ordered by: what speaks for it, then its name."""
        return -sum(reason.weight for reason in self.reasons), str(self.subject)


ORDER = list(Word)


def ordered(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that something speaks for, the most first; the reasons of each by their word."""
    found = sorted((one for one in candidates if one.has_ground), key=lambda one: one.place)
    for one in found:
        one.reasons.sort(key=lambda reason: ORDER.index(reason.word))
    return found


def reason(name: str, sentence: str, *parts, times: int = 1) -> Reason:
    """A sentence with its parts put in where {} stands."""
    return Reason(name, sentence, parts, times)


# --- pieces of a sentence ---------------------------------------------------


def safe(part) -> str:
    """As Django's `conditional_escape`, which costs ten times as much: a page has hundreds of pieces."""
    return part.__html__() if hasattr(part, "__html__") else escape(str(part))


def hits(words: Iterable[str]) -> Drawn:
    """Words that met, each marked."""
    return Drawn(_hits, words)


def _hits(words: Iterable[str]) -> SafeString:
    return mark_safe("・".join(f'<b class="z-hit">{escape(word)}</b>' for word in words))


def marked(text: str, words: Iterable[str]) -> Drawn:
    """A text with the words that met marked in it; the rest of it escaped."""
    return Drawn(_marked, text, words)


def _marked(text: str, words: Iterable[str]) -> SafeString:
    known = [re.escape(word) for word in words if word]
    if not known:
        return mark_safe(escape(text))
    parts = re.split(f"({'|'.join(known)})", text)
    return mark_safe("".join(_hits([part]) if n % 2 else escape(part) for n, part in enumerate(parts)))


def link(name: str, key, words) -> Drawn:
    """To the page of that name."""
    return Drawn(_link, name, key, words)


def _link(name: str, key, words) -> SafeString:
    return mark_safe(f'<a href="{_address(name, key)}">{safe(words)}</a>')


@lru_cache(KEPT)
def _address(name: str, key) -> str:
    return reverse(name, args=[key])


def trouble_link(pk: int, words) -> Drawn:
    """To who fits a trouble."""
    return link("admin:proposals_theme_fits", pk, words)


def case_link(number: str) -> Drawn:
    """To the page of a case one may check the sentence by."""
    return link("admin:proposals_proposal_change", number, number)


def case_links(numbers: Iterable[str]) -> Drawn:
    return Drawn(_case_links, numbers)


def _case_links(numbers: Iterable[str]) -> SafeString:
    return mark_safe("、".join(safe(case_link(number)) for number in numbers))


def project_link(number: str) -> Drawn:
    """To the journey a case became."""
    return link("trips:page", number, number)

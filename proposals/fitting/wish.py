"""What is looked for: what a proposal wishes and brings, or what a trouble of a section hopes for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from proposals import marks, town
from proposals.models import Proposal, Submission, Theme

# what one may bring, by the words in which others ask for it
# fmt: off
ASKED_FOR = {
    "人": "人手|手伝|担い手|ボランティア|見守る(?:人|大人)|運ぶ(?:人|手)|話し相手|送り迎え|歩いて調べる人",
    "物": "食材|食品|野菜|お米|備品|物品|寄贈|道具|本棚|絵本|机|衣類|学用品|ひなん用品|パソコン",
    "資金": "資金|寄附|寄付|費用|お金|協賛|運営費",
    "場所": "場所|部屋|会場|空間|拠点|置き場|倉庫|畑|台所|調理場|空き店舗|広場",
    "技術・ノウハウ": "講師|技術|教え|知恵|ノウハウ|ホームページ|デザイン|地図にする|修理|専門",
    "ネットワーク": "つながり|つなぎ|紹介|広報|知らせ|仲間|企業と",
}
# fmt: on
DAYS = re.compile("[月火水木金土日](?:[・、][月火水木金土日])+|[月火水木金土日](?=曜)")
MOST_WORDS = 16
KEPT = 4096  # answers that are remembered


@dataclass(frozen=True)
class Wish:
    """The words a candidate is held against."""

    title: str
    called: str = "提案"  # how a sentence speaks of it
    activities: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    wanted: str = ""  # in its own words, what it hopes to find
    brings: list[str] = field(default_factory=list)
    brings_note: str = ""
    told: str = ""
    place: str = ""

    @cached_property
    def wanted_words(self) -> dict[str, str]:
        """The words of the wish by their mark: 見守, 宿題."""
        return marks.words_of(self.wanted)

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of all else by their mark, those of the title first."""
        return marks.words_of(self.title, self.told)

    @cached_property
    def all_words(self) -> dict[str, str]:
        return self.words | self.wanted_words

    @cached_property
    def brought_words(self) -> dict[str, str]:
        return marks.words_of(self.brings_note)

    @cached_property
    def place_words(self) -> dict[str, str]:
        return marks.words_of(self.place, self.told)

    @cached_property
    def days(self) -> set[str]:
        return days_in(self.told)

    @cached_property
    def named(self) -> dict[str, str]:
        """The town's fields of activity this speaks of, with the word that does: 学習支援 for 宿題."""
        whole = f"{self.title}。{self.told}。{self.wanted}"
        found = {name: _named_in(whole, words) for name, words in town.WORDS_OF_ACTIVITY.items()}
        return {name: word for name, word in found.items() if word}

    def weighted_marks(self) -> dict[str, int]:
        """By which marks a strength is looked for in the register, and how much each counts in the choice."""
        words = dict.fromkeys([*self.wanted_words, *self.brought_words, *self.words])
        others = [name for name in self.activities if name not in self.named]
        return {
            **{marks.activity(name, is_here=True): 4 for name in self.named},
            **{marks.activity(name, is_here=False): 3 for name in self.named},
            **{marks.activity(name, is_here=True): 1 for name in others},
            **{marks.form(name): 1 for name in self.forms},
            **dict.fromkeys(list(words)[:MOST_WORDS], 3),
        }


def of_case(case: Proposal, said: Submission | None) -> Wish:
    """What a proposal wishes and brings; of one that came with the old ledger its title and fields alone."""
    fields = list(case.fields or (said.fields if said else []))
    if said is None:
        return Wish(case.title, activities=town.activities_of(fields), fields=fields)
    return Wish(
        title=case.title,
        activities=town.activities_of(fields),
        forms=town.forms_of(said.requests),
        fields=fields,
        wanted="。".join(filter(None, [said.requests_note, said.wished_partners])),
        brings=list(said.brings),
        brings_note=said.brings_note,
        told="。".join(filter(None, [said.overview, said.activity, said.problem])),
        place=said.local_base,
    )


def of_theme(theme: Theme) -> Wish:
    """What a trouble hopes for; the town's fields of activity are those its words name."""
    return Wish(
        title=theme.title,
        called="困りごと",
        forms=[form for kind, form in town.FORM_OF_KIND.items() if asked_for(kind, theme.expected)],
        wanted=theme.expected,
        told="。".join(filter(None, [theme.background, theme.target])),
    )


def _named_in(told: str, words: Iterable[str]) -> str:
    return next((word for word in words if word in told), "")


@lru_cache(KEPT)
def asked_for(kind: str, told: str) -> str:
    """The word by which a text asks for what somebody brings; empty if it does not."""
    met = re.search(ASKED_FOR.get(kind, "(?!)"), told)
    return met[0] if met else ""


def days_in(told: str) -> set[str]:
    """The days of the week a text names: 火 and 木 of 火・木曜の夕方. 平日 says too little to be one."""
    found = set("".join(DAYS.findall(told))) - set("・、")
    if "土日" in told or "週末" in told:
        found |= set("土日")
    return found


def shared(ours: dict[str, str], theirs: Iterable[str]) -> list[str]:
    """The words of ours that are among theirs, by their marks."""
    return [word for mark, word in ours.items() if mark in theirs]

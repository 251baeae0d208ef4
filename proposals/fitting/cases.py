"""Which open proposals fit a trouble of a section: found by words in common, held against its hopes."""

from collections.abc import Iterable
from itertools import combinations

from django.db.models import Q, QuerySet

from proposals import marks, search
from proposals.fitting.reasons import Candidate, Reason, hits, marked, ordered, reason
from proposals.fitting.wish import Wish, asked_for, shared
from proposals.models import Submission, Theme
from proposals.models.lists import ENDED
from proposals.workflow import Step

MOST, WORDS = 40, 8


def cases(theme: Theme, wish: Wish) -> list[Candidate]:
    """Open proposals that answer the trouble, speak of the same or bring what it hopes for; one statement."""
    return ordered(Candidate(said.proposal, _reasons(theme, wish, said)) for said in _found(theme, wish))


def _found(theme: Theme, wish: Wish) -> QuerySet[Submission]:
    newest = Submission.objects.exclude(search_pairs="").filter(proposal__due_rank__lt=ENDED)
    newest = newest.exclude(proposal__step=Step.MERGED).order_by("-pk")
    wanted = Q(pk__in=newest.filter(theme=theme).values("pk")[:MOST])
    pairs = _pairs([*wish.words.values(), *wish.wanted_words.values()][:WORDS])
    both = [[*one, *other] for one, other in combinations(pairs, 2)]
    for groups in (both, _pairs(marks.words_of(theme.title).values())):
        if groups:  # two words of all it says, or one of what it is called
            wanted |= Q(pk__in=newest.filter(search_pairs__holds_one_of=groups).values("pk")[:MOST])
    return Submission.objects.filter(wanted).select_related("proposal__organization")


def _pairs(words: Iterable[str]) -> list[list[str]]:
    return [search.pairs_of(search.key(word)) for word in words]


def _reasons(theme: Theme, wish: Wish, said: Submission) -> list[Reason]:
    found = []
    if said.theme_id == theme.pk:
        found.append(reason("answers_trouble", "この困りごとに答える提案として届きました。"))
    told = marks.words_of(said.title, said.overview, said.activity, said.problem, said.brings_note)
    if words := shared(wish.all_words, told)[:3]:
        sentence = "困りごとと、ことばが重なります：{}"
        found.append(reason("trouble_words", sentence, hits(words), times=len(words)))
    for kind in said.brings:
        if word := asked_for(kind, theme.expected):
            sentence = "困りごとが期待する「{}」を、提案が持ち寄ります（{}）。"
            brought = said.brings_note or kind
            found.append(reason("trouble_expects", sentence, hits([word]), marked(brought, [word])))
            break
    return found

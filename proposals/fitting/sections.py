"""Which sections fit a proposal: by their open troubles, their answers, and what they took part in before."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache

from django.core.cache import cache as shared_cache
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from cityhall.models import Department
from proposals.fitting import memory
from proposals.fitting.memory import Answered, Sections, Trouble
from proposals.fitting.reasons import (
    Candidate,
    Reason,
    case_link,
    case_links,
    hits,
    marked,
    ordered,
    reason,
    trouble_link,
)
from proposals.fitting.wish import Wish, asked_for, shared
from proposals.models import Hearing, Proposal, ProposalRecord
from proposals.similar import Likeness, similar
from proposals.workflow import Kind

ALIKE = "fitting-alike-{}-{}"
SAID = {"yes": "said_yes", "if": "said_if", "other": "said_other", "hard": "said_hard"}
ANSWERS = dict(Hearing.Answer.choices)
OF_ALIKE = ("pk", "number", "title", "department_id")
OF_A_SHEET = ("proposal", "department__name", "answer", "answer_text", "answered_on", "waived_on")
TAKES_PART = {Hearing.Answer.YES, Hearing.Answer.IF}


def sections(
    case: Proposal, wish: Wish, *, told: str, theme=None, today: date, without: Collection[int] = ()
) -> list[Candidate]:
    """Sections of today that fit this case, the fittest first; never a rank of the sections themselves.

    `told` is the newest overview, `theme` the trouble the proposal answers. One statement beside what is
    remembered.
    """
    known, found = memory.sections(today), defaultdict(list)
    alike = _alike(case, told)
    sheets = _sheets([case, *alike])
    for section, why in _why(case, wish, known, theme, today, alike, sheets):
        if (heir := known.now(section)) is not None and heir not in without:
            found[heir].append(why)
    asked = {known.now(sheet.department_id) for sheet in sheets if sheet.proposal_id == case.pk}
    for section, reasons in found.items():
        if section not in asked:
            reasons.append(reason("not_asked", "受けられるか。この案件のつなぐシートを送っていません。"))
    return ordered(Candidate(Department(pk=pk, name=known.today[pk]), why) for pk, why in found.items())


def _alike(case: Proposal, told: str) -> list[Proposal]:
    """The cases like this one, with as much of them as is told here: remembered for ten minutes."""
    key = ALIKE.format(case.pk, case.version)
    found = shared_cache.get_or_set(key, lambda: _told(similar(case, told)), memory.TEN_MINUTES)
    return [Proposal(**one) for one in found]


def _told(alike: list[Likeness]) -> list[dict]:
    return [{name: getattr(one.case, name) for name in OF_ALIKE} for one in alike]


def _sheets(cases: list[Proposal]) -> list[Hearing]:
    """What was asked of sections in these cases, with `is_project`: that the case became a TRIP.

    They stay with their cases, so that a guard of the case need not ask for them again.
    """
    prefetch_related_objects(cases, Prefetch("hearings", _with_projects()))
    every = (sheet for case in cases for sheet in case.hearings.all())
    return [sheet for sheet in every if sheet.waived_on is None]


@cache
def _with_projects() -> QuerySet[Hearing]:
    became = ProposalRecord.objects.effective().filter(kind=Kind.PROJECT, subject=OuterRef("proposal"))
    sheets = Hearing.objects.select_related("department").only(*OF_A_SHEET)
    return sheets.annotate(is_project=Exists(became))


def _why(case, wish, known, theme, today, alike, sheets) -> Iterable[tuple[int, Reason]]:
    yield from _of_this_case(case, sheets)
    if theme is not None:
        title = trouble_link(theme.pk, theme.title)
        sentence = "提案は、この課の困りごと「{}」に答えるものです。"
        yield theme.department_id, reason("answers_trouble", sentence, title)
    for trouble in known.troubles:
        if theme is None or trouble.pk != theme.pk:
            yield from ((trouble.section, why) for why in _of_trouble(wish, trouble))
    for section, done in memory.answered(wish.fields, today, known).items():
        yield from ((section, why) for why in _of_answers(done))
    yield from _of_alike(known, alike, sheets, case)


def _of_this_case(case: Proposal, sheets: list[Hearing]) -> Iterable[tuple[int, Reason]]:
    if case.department_id:
        yield case.department_id, reason("leads", "この案件の所管課です。")
    for sheet in sheets:
        if sheet.proposal_id == case.pk:
            yield sheet.department_id, _answer(sheet, case)


def _answer(sheet: Hearing, case: Proposal) -> Reason:
    if not sheet.answer:
        return reason("was_asked", "この案件のつなぐシートの返事を待っています。")
    sentence = "この案件のつなぐシートに「{}」と答えました。"
    return reason(SAID[sheet.answer], sentence, ANSWERS[sheet.answer])


def _of_trouble(wish: Wish, trouble: Trouble) -> Iterable[Reason]:
    """An open trouble that speaks of the same, and hopes for what the proposal brings."""
    words = shared(wish.all_words, trouble.words)[:3]
    if not words:
        return
    title = trouble_link(trouble.pk, marked(trouble.title, words))
    rest = [word for word in words if word not in trouble.title]
    also = marked(f"（{'・'.join(rest)}）", rest) if rest else ""
    sentence = "公開中の困りごと「{}」と、ことばが重なります{}。"
    yield reason("trouble_words", sentence, title, also, times=len(words))
    for kind in wish.brings:
        if word := asked_for(kind, trouble.expected):
            sentence = "この困りごとが期待する「{}」を、提案が持ち寄ります（{}）。"
            yield reason("trouble_expects", sentence, hits([word]), kind)
            return


def _of_answers(done: Answered) -> Iterable[Reason]:
    numbers = case_links(done.numbers)
    more = "ほか" if done.cases > len(done.numbers) else ""
    became = f"、うち{done.projects}件が共創プロジェクト（TRIP）になりました" if done.projects else "ました"
    sentence = "今年度と昨年度に、同じ分野のつなぐシートに{}件答え{}（{}{}）。"
    times = min(done.cases, 3) + bool(done.projects)
    yield reason("answered_field", sentence, done.cases, became, numbers, more, times=times)


def _of_alike(known: Sections, alike: list[Proposal], sheets: list[Hearing], case: Proposal):
    """Cases like this one: who led them, who would take part; each case once a section."""
    told, journeys = set(), {sheet.proposal_id for sheet in sheets if sheet.is_project}
    led = [(one.department_id, one, "所管課でした") for one in alike if one.department_id]
    would = [
        (sheet.department_id, sheet.proposal, f"「{ANSWERS[sheet.answer]}」と答えました")
        for sheet in sheets
        if sheet.proposal_id != case.pk and sheet.answer in TAKES_PART
    ]
    for section, other, how in [*led, *would]:
        if (known.now(section), other.pk) not in told:
            told.add((known.now(section), other.pk))
            became = "。共創プロジェクト（TRIP）になりました" if other.pk in journeys else ""
            sentence = "似た案件 {}「{}」で、{}{}。"
            yield section, reason("alike", sentence, case_link(other.number), other.title, how, became)

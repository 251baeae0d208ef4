"""Which of the town's strengths fit: found by their marks in one statement, held against the wish."""

from collections.abc import Collection
from datetime import date
from functools import cache

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When

from cityhall.calendar import wareki
from proposals import marks
from proposals.column import Column
from proposals.fitting import memory
from proposals.fitting.reasons import (
    Candidate,
    Reason,
    case_link,
    case_links,
    hits,
    marked,
    ordered,
    project_link,
    reason,
)
from proposals.fitting.wish import Wish, asked_for, days_in, shared
from proposals.models import Introduction, MatchParty, ProposalRecord, Resource, ResourceMark
from proposals.models.resource import FRESH
from proposals.queries import rows_of
from proposals.workflow import Kind

MOST = 25  # candidates whose reasons are worked out
LOOKED_THROUGH = 4000  # marks of strengths
READ = (
    *("organization__name", "name", "kind", "told", "activities", "forms", "areas", "place", "days"),
    *("offers", "wants", "capacity", "capacity_on", "consent_on", "verified_on", "is_fictional"),
)
GOES_ON = Introduction.Result.GOES_ON
RESULTS = dict(Introduction.Result.choices) | {"": "まだ会っていません"}


def partners(wish: Wish, *, today: date, without: Collection[int] = ()) -> list[Candidate]:
    """Organisations and activities that said they may be named and fit the wish, the fittest first.

    `without` are those found unfit before. Costs one statement, however many are registered.
    """
    found = found_by_marks(wish, without)
    return ordered(Candidate(one, _reasons(wish, one, today)) for one in found)


def found_by_marks(wish: Wish, without: Collection[int] = ()) -> QuerySet[Resource]:
    """The forty that share most of the wish's marks, with what happened with them before."""
    asked = _telling(wish.weighted_marks())
    if not asked:
        return Resource.objects.none()
    alike = {weight: [mark for mark in asked if asked[mark] == weight] for weight in asked.values()}
    whens = [When(mark__in=names, then=Value(weight)) for weight, names in alike.items()]
    best = ResourceMark.objects.filter(mark__in=asked).exclude(resource__in=without).values("resource")
    best = best.annotate(most=Sum(Case(*whens, output_field=IntegerField())))
    best = best.order_by("-most", "resource").values("resource")[:MOST]
    return _strengths().filter(pk__in=best)


def _telling(weighted: dict[str, int]) -> dict[str, int]:
    """What few have tells most and costs least: the rarest marks, as many as one page may look through."""
    often, left, found = memory.frequent(), LOOKED_THROUGH, {}
    for mark in sorted(weighted, key=lambda mark: often.get(mark, 0) / weighted[mark]):
        left -= often.get(mark, memory.OFTEN)
        if found and left < 0:
            break
        found[mark] = weighted[mark]
    return found


@cache
def _strengths() -> QuerySet[Resource]:
    """Those that may be named, with what happened before; always asked the same way, so worded once."""
    return Resource.objects.shown().select_related("organization").only(*READ).annotate(**_past())


def _past() -> dict[str, Column]:
    """Introductions and matches of each, a row each: number of the case, …, number of the TRIP."""
    became = ProposalRecord.objects.effective().filter(kind=Kind.PROJECT)
    met = Introduction.resources.through.objects.filter(resource=OuterRef("pk"))
    met = met.annotate(
        became=Subquery(became.filter(subject=OuterRef("introduction__proposal")).values("data__project")[:1])
    )
    agreed = MatchParty.objects.filter(resource=OuterRef("pk"), match__agreed_on__isnull=False)
    agreed = agreed.annotate(
        became=Subquery(became.filter(subject=OuterRef("match__proposal")).values("data__project")[:1])
    )
    return {
        "past_met": rows_of(met, "introduction__proposal__number", "introduction__result", "became"),
        "past_matches": rows_of(agreed, "match__proposal__number", "match__purpose", "became"),
    }


# --- reasons ----------------------------------------------------------------


def _reasons(wish: Wish, one: Resource, today: date) -> list[Reason]:
    told = marks.words_of(one.name, one.offers, one.told)
    found = [
        _wanted(wish, one),
        _wants(wish, one),
        *_activities(wish, one),
        _forms(wish, one),
        _words(wish, told),
        _place(wish, one),
        _days(wish, one),
        *_record(one),
        *_unsure(one, today),
    ]
    return [one for one in found if one]


def _wanted(wish: Wish, one: Resource) -> Reason | None:
    """What is hoped for, in words this one has among what it can do."""
    words = shared(wish.wanted_words, marks.words_of(one.offers, one.told))[:2]
    if not words:
        return None
    where = one.offers if any(word in one.offers for word in words) else _around(one.told, words[0])
    return reason(
        "answers_wish", "求めるもの「{}」に、ここで合います：{}",
        marked(_around(wish.wanted, words[0]), words), marked(where, words), times=len(words),
    )  # fmt: skip


def _around(text: str, word: str) -> str:
    """The piece of a text a word stands in."""
    pieces = [piece for piece in text.replace("。", "、").split("、") if word in piece]
    return pieces[0][:60] if pieces else word


def _activities(wish: Wish, one: Resource) -> list[Reason]:
    """Fields of activity: those the proposal's own words speak of, and those its 分野 goes with."""
    named = [name for name in one.activities if name in wish.named][:2]
    others = [name for name in one.activities if name in wish.activities and name not in wish.named]
    sentence = "「{}」の活動をしています。{}の「{}」と同じ分野です。"
    found = [
        reason("activity_named", sentence, name, wish.called, hits([wish.named[name]])) for name in named
    ]
    if others:
        sentence = "提案の分野（{}）に近い活動をしています：{}"
        found.append(reason("activity", sentence, "・".join(wish.fields), hits(others)))
    return found


def _forms(wish: Wish, one: Resource) -> Reason | None:
    both = [name for name in wish.forms if name in one.forms]
    if not both:
        return None
    return reason("form", "{}に応えられる支援の形があります：{}", wish.called, hits(both))


def _wants(wish: Wish, one: Resource) -> Reason | None:
    """What this one looks for, and the proposal brings or speaks of."""
    looked_for = marks.words_of(one.wants)
    if words := shared(wish.brought_words, looked_for)[:2]:
        sentence = "この団体が求める「{}」を、提案が持ち寄ります（{}）。"
        return reason("wants", sentence, marked(one.wants, words), marked(wish.brings_note, words))
    if words := shared(wish.words, looked_for)[:2]:
        sentence = "この団体が求める「{}」に、{}の「{}」が合いそうです。"
        return reason("wants", sentence, marked(one.wants, words), wish.called, hits(words))
    for kind in wish.brings:
        if word := asked_for(kind, one.wants):
            sentence = "この団体が求める「{}」の助けに、提案の「{}」がなりそうです。"
            return reason("wants_kind", sentence, marked(one.wants, [word]), kind)
    return None


def _words(wish: Wish, told: dict[str, str]) -> Reason | None:
    words = [word for word in shared(wish.words, told) if word not in wish.wanted_words.values()][:3]
    if not words:
        return None
    return reason(
        "words", "{}と活動の内容に、同じことばがあります：{}", wish.called, hits(words), times=len(words)
    )


def _place(wish: Wish, one: Resource) -> Reason | None:
    places = shared(wish.place_words, marks.words_of(one.place))[:2]
    if not places:
        return None
    return reason("place", "場所が近そうです：{}（{}）", hits(places), one.place)


def _days(wish: Wish, one: Resource) -> Reason | None:
    both = sorted(wish.days & days_in(one.days), key="月火水木金土日".index)
    if not both:
        return None
    return reason("days", "活動の曜日（{}）が、{}の曜日と重なります：{}", one.days, wish.called, hits(both))


def _record(one: Resource) -> list[Reason]:
    """What happened with this one before; each case is linked."""
    found = []
    for number, purpose, project in (one.past_matches or [])[:2]:
        found.append(reason("matched", "{} で、組み合わせに加わりました：{}", case_link(number), purpose))
        if project:
            found.append(reason("project", "それが共創プロジェクト {} になりました。", project_link(project)))
    went_on = [number for number, result, _ in one.past_met or () if result == GOES_ON]
    others = [(number, result) for number, result, _ in one.past_met or () if result != GOES_ON]
    if went_on:
        found.append(reason("went_on", "前の引き合わせが続いています：{}", case_links(went_on[:3])))
    for number, result in others[-2:]:
        found.append(reason("met", "{} で引き合わせました：{}", case_link(number), RESULTS[result]))
    return found


def _unsure(one: Resource, today: date) -> list[Reason]:
    """What is to be settled before they meet."""
    found, verified, counted, agreed = [], one.verified_on, one.capacity_on, one.consent_on
    if not is_fresh(verified, today):
        since = f"{wareki(verified)}に確かめたまま" if verified else "まだ確かめていません"
        found.append(reason("stale", "登録の内容。{}。", since))
    if one.capacity and not is_fresh(counted, today):
        since = f"{wareki(counted)}に聞いたまま" if counted else "いつ聞いたか分かりません"
        found.append(reason("capacity", "受けられる数（{}）。{}。", one.capacity, since))
    if agreed and not is_fresh(agreed, today):
        found.append(reason("consent", "紹介してよいか。{}に聞いたまま。", wareki(agreed)))
    if marks.TOWN not in one.areas:
        areas = "・".join(one.areas) or "書かれていません"
        found.append(reason("beyond", "座間市で活動できるか。区域は{}です。", areas))
    return found


def is_fresh(day: date | None, today: date) -> bool:
    """Told within the last twelve months."""
    return day is not None and today - day <= FRESH

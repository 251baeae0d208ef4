"""種の条件: what brings a case back that is not taken up now; seeds come by themselves, each once."""

import logging
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cityhall import access, calendar, closures
from cityhall.models import ActedAs, Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.likeness import alike
from proposals.models import Proposal, Seed, Theme, Todo
from proposals.pointers import RESTING, SEEDED
from proposals.services.recording import note_fact
from proposals.workflow import Kind

log = logging.getLogger(__name__)

OPEN_DAYS_TO_LOOK = 5
LAST_ONE = "最後の1つは、やめられません。先に、次にいつ見るかを決めてください。"


@transaction.atomic
def plant(
    proposal: Proposal,
    *,
    by,
    kind: str,
    text: str,
    field: str = "",
    on: date | None = None,
    version: int | None = None,
) -> Seed:
    """Say when a closed case shall be looked at again; the same seed twice is one.

    Refuses: an open or adopted case, no words, a theme without its words, a day that is not to come.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if proposal.step not in RESTING:
        raise NotAllowed("種の条件は、見送りや趣旨採用などで終わった案件に書きます。")
    if not text.strip():
        raise NotAllowed("何がそろえばまた見るのかを書いてください。")
    told = {"kind": kind, "text": text.strip(), "field": "", "on": None} | _awaited(kind, field.strip(), on)
    same = proposal.seeds.waiting().filter(**told).first()
    if same:
        return same
    seed = Seed.objects.create(proposal=proposal, by=by, **told)
    note_fact(
        proposal, Kind.SEED, actor=posting, text=f"{in_words(seed)}：{seed.text}", data={"seed": seed.pk}
    )
    _settle_todos(proposal, by)
    return seed


def _awaited(kind: str, field: str, on: date | None) -> dict:
    """What the seed waits for, by its kind."""
    today = timezone.localdate()
    if kind == Seed.Kind.THEME:
        if not field:
            raise NotAllowed("どんな困りごとを待つのか、ことばを書いてください。")
        return {"field": field}
    if kind == Seed.Kind.BUDGET:
        return {"on": budget_season_after(today)}
    if kind != Seed.Kind.DAY or on is None or on <= today:
        raise NotAllowed("また見る日は、明日からの日を入れてください。")
    return {"on": on}


def budget_season_after(day: date) -> date:
    """The next first day of the budget season (BUDGET_SEASON, such as 9-1)."""
    month, first = (int(part) for part in settings.BUDGET_SEASON.split("-"))
    this_year = date(day.year, month, first)
    return this_year if this_year > day else date(day.year + 1, month, first)


def in_words(seed: Seed) -> str:
    """When the seed comes, in words for the letter, the list and the record."""
    if seed.kind == Seed.Kind.THEME:
        return f"近い困りごと（{seed.field}）が公開されたとき"
    if seed.kind == Seed.Kind.BUDGET:
        return f"次の予算の時期（{calendar.wareki(seed.on)}から）"
    return f"{calendar.wareki(seed.on)}"


@transaction.atomic
def drop(seed: Seed, *, by, reason: str) -> None:
    """Stop waiting for a seed, with a reason; refuses one that came, and the last one a "no" has."""
    posting = access.require(by, Role.DESK)
    proposal = lock(seed.proposal)
    if not reason.strip():
        raise NotAllowed("やめるわけを書いてください。")
    waiting = proposal.seeds.waiting()
    if not waiting.filter(pk=seed.pk).exists():
        raise NotAllowed("この種は、もう待っていません。")
    if proposal.step in SEEDED and not waiting.exclude(pk=seed.pk).exists():
        raise NotAllowed(LAST_ONE)
    waiting.filter(pk=seed.pk).update(dropped_on=timezone.localdate())
    text = f"待つのをやめました（{in_words(seed)}：{seed.text}）。{reason.strip()}"
    note_fact(proposal, Kind.SEED, actor=posting, text=text, data={"seed": seed.pk, "dropped": True})


def take_up(proposal: Proposal, *, by) -> None:
    """The case lives again: nothing is waited for any more; the record of the move tells it."""
    proposal.seeds.waiting().update(dropped_on=timezone.localdate())
    _settle_todos(proposal, by)


def _settle_todos(proposal: Proposal, by) -> None:
    came = Todo.objects.open().filter(proposal=proposal, origin=Todo.Origin.SEED)
    came.update(done_at=timezone.now(), done_by=by)


# --- they come by themselves ---------------------------------------------------


def wake(today: date) -> int:
    """Bring back every case whose seed has come; returns how many came. Safe to run twice at once.

    What a missed night left is found the next: a day is only a "not before", a theme counts from planting.
    """
    waiting = Seed.objects.waiting().filter(proposal__step__in=RESTING).select_related("proposal")
    themes = list(Theme.objects.filter(published_on__lte=today).order_by("published_on", "pk"))
    return sum(_come(seed, why, today) for seed in waiting if (why := _why(seed, themes, today)))


def _why(seed: Seed, themes: list[Theme], today: date) -> str:
    if seed.kind != Seed.Kind.THEME:
        return _day_came(seed) if seed.on <= today else ""
    planted_on = calendar.jst_date(seed.made_at)
    for theme in themes:
        word = alike(seed.field, f"{theme.title} {theme.background} {theme.expected}")
        if word and theme.published_on >= planted_on:
            return f"困りごと「{theme.title}」が公開されました（「{word}」が合います）"
    return ""


def _day_came(seed: Seed) -> str:
    day = calendar.wareki(seed.on)
    return f"予算の時期（{day}）になりました" if seed.kind == Seed.Kind.BUDGET else f"{day}になりました"


def _come(seed: Seed, why: str, today: date) -> bool:
    """One case back, whatever becomes of the others."""
    try:
        with transaction.atomic():
            return _bring_back(seed, why, today)
    except Exception:
        log.exception("the seed %s did not come", seed.pk)
        return False


def _bring_back(seed: Seed, why: str, today: date) -> bool:
    case = lock(seed.proposal)
    came = {"came_on": today, "came_by": why[:200]}
    if case.step not in RESTING or not Seed.objects.waiting().filter(pk=seed.pk).update(**came):
        return False
    data = {"seed": seed.pk, "came": True}
    note_fact(case, Kind.SEED, actor=ActedAs.SYSTEM, on=today, text=f"{why}：{seed.text}", data=data)
    Todo.objects.create(
        proposal=case,
        key=f"seed:{seed.pk}",
        origin=Todo.Origin.SEED,
        text=f"{why}。もう一度見てください：{seed.text}"[:200],
        due_on=closures.due_after(today, OPEN_DAYS_TO_LOOK),
        owner=_officer(case),
    )
    return True


def _officer(case: Proposal):
    """Whoever looks after the case, while at the desk; else the whole desk."""
    at_the_desk = Posting.objects.in_force().filter(role=Role.DESK, user=case.officer)
    return case.officer if case.officer and at_the_desk.exists() else None

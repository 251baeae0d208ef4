"""What suggestions remember: sections and their open troubles, who answered in which field, frequent marks.

Past answers are counted in one statement, by section and fields of the case, for this and the last fiscal
year, and remembered for ten minutes or until one is confirmed or taken back: no page reads them one by one.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from cityhall import calendar
from cityhall.models import Department
from proposals import marks
from proposals.models import Hearing, ProposalRecord, ResourceMark, Theme
from proposals.models.theme import BESIDE
from proposals.queries import rows_of
from proposals.workflow import Kind

ANSWERS, FREQUENT = "fitting-answers-{}", "fitting-frequent"
A_MINUTE, TEN_MINUTES = 60, 600
COLUMNS = ("number", "title", "background", "target", "expected", "pk")
SHOWN = 3  # cases named in a sentence
OFTEN = 100  # a mark that more strengths have is counted

NOTHING = ("", None)
_read: dict[str, tuple[str, Any]] = {}  # by key: the mark, and what it stands for


@dataclass(frozen=True)
class Trouble:
    """An open trouble as a sentence speaks of it."""

    section: int
    number: str
    title: str
    background: str
    target: str
    expected: str
    pk: int

    @cached_property
    def words(self) -> dict[str, str]:
        """By their marks."""
        return marks.words_of(self.title, self.background, self.target, self.expected)


@dataclass(frozen=True)
class Sections:
    """The sections there are today by key, who took over from whom, and their open troubles."""

    today: dict[int, str]
    heirs: dict[int, int]
    troubles: list[Trouble]

    def now(self, section: int | None) -> int | None:
        """The section itself, or the one that has its work today; None where nobody has it."""
        seen: set[int] = set()
        while section is not None and section not in self.today and section not in seen:
            seen.add(section)
            section = self.heirs.get(section)
        return section if section in self.today else None


@dataclass
class Answered:
    """What a section answered in a field: how many cases, how many became a TRIP, the newest of them."""

    cases: int = 0
    projects: int = 0
    newest: set[str] = field(default_factory=set)

    @property
    def numbers(self) -> list[str]:
        return sorted(self.newest, reverse=True)[:SHOWN]


def sections(day: date) -> Sections:
    """Remembered for a minute or until a trouble changes; one statement otherwise."""
    return _recall(BESIDE.format(day), lambda: _sections(day), A_MINUTE)


def _sections(day: date) -> Sections:
    own = Theme.objects.filter(department=OuterRef("pk"), published_on__lte=day)
    own = own.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=day))
    every = list(Department.objects.annotate(troubles=rows_of(own, *COLUMNS)))
    today = {one.pk: one.name for one in every if _is_of(one, day)}
    heirs = {one.pk: one.successor_id for one in every if one.successor_id}
    told = [Trouble(one.pk, *row) for one in every for row in one.troubles or ()]
    return Sections(today, heirs, sorted(told, key=lambda trouble: trouble.pk))


def _is_of(section: Department, day: date) -> bool:
    started = section.valid_from is None or section.valid_from <= day
    return started and (section.valid_to is None or section.valid_to >= day)


def answered(fields: list[str], day: date, known: Sections) -> dict[int, Answered]:
    """Of each section of today: what it, and those it succeeds, answered in one of these fields."""
    found: dict[int, Answered] = defaultdict(Answered)
    wanted = set(fields) - {"その他"}
    for of, rows in tally(day).items():
        if not wanted.isdisjoint(of):
            for section, cases, projects, number in rows:
                if (heir := known.now(section)) is not None:
                    found[heir].cases += cases
                    found[heir].projects += projects
                    found[heir].newest.add(number)
    return found


def tally(day: date) -> dict[tuple[str, ...], list[tuple]]:
    """By the fields of a case: section, answered cases, those that became a TRIP, the newest number."""
    return _recall(ANSWERS.format(day), lambda: _tally(day), TEN_MINUTES)


def _tally(day: date) -> dict[tuple[str, ...], list[tuple]]:
    since, _ = calendar.fiscal_year_bounds(calendar.fiscal_year(day) - 1)
    became = ProposalRecord.objects.effective().filter(kind=Kind.PROJECT, subject=OuterRef("proposal"))
    known = Hearing.objects.filter(answered_on__gte=since).exclude(answer=Hearing.Answer.OTHER).order_by()
    rows = known.annotate(is_project=Exists(became)).values_list("proposal__fields", "department")
    rows = rows.annotate(
        cases=Count("proposal", distinct=True),
        projects=Count("proposal", distinct=True, filter=Q(is_project=True)),
        newest=Max("proposal__number"),
    )
    found = defaultdict(list)
    for fields, *row in rows:
        found[tuple(fields)].append(tuple(row))
    return dict(found)


def frequent() -> dict[str, int]:
    """How many strengths have a mark that many have: it tells where to look, and nothing the page says."""
    return _recall(FREQUENT, _frequent, TEN_MINUTES)


def _frequent() -> dict[str, int]:
    counted = ResourceMark.objects.order_by().values("mark").annotate(count=Count("pk"))
    return dict(counted.filter(count__gt=OFTEN).values_list("mark", "count"))


def _recall(key: str, make: Callable[[], Any], seconds: int) -> Any:
    """What all processes share; each reads it once, for the key itself holds but a mark of what was made.

    Whoever deletes the key has it made anew.
    """
    mark, known = cache.get(key), _read.get(key, NOTHING)
    if mark and mark != known[0]:
        known = cache.get(f"{key}-whole", NOTHING)
    if not mark or mark != known[0]:
        known = secrets.token_hex(8), make()
        cache.set(f"{key}-whole", known, seconds)
        cache.set(key, known[0], seconds)
    _read[key] = known
    return known[1]


def forget() -> None:
    """An answer was confirmed or taken back, or a case became a TRIP: it is counted anew."""
    key = ANSWERS.format(timezone.localdate())
    cache.delete(key)
    transaction.on_commit(partial(cache.delete, key), robust=True)

"""What suggestions remember: the sections of today with their open troubles, who answered in which field.

Past answers are counted in one statement, by section and fields of the case, for this and the last fiscal
year, and remembered for ten minutes or until one is confirmed or taken back: no page reads them one by one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from cityhall import calendar
from cityhall.models import Department
from proposals.models import Hearing, ProposalRecord, Theme
from proposals.models.theme import BESIDE
from proposals.queries import rows_of
from proposals.workflow import Kind

ANSWERS = "fitting-answers-{}"
A_MINUTE, TEN_MINUTES = 60, 600
COLUMNS = ("number", "title", "background", "target", "expected", "pk")
SHOWN = 3  # cases named in a sentence


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
    numbers: list[str] = field(default_factory=list)


def sections(day: date) -> Sections:
    """Remembered for a minute or until a trouble changes; one statement otherwise."""
    return cache.get_or_set(BESIDE.format(day), lambda: _sections(day), A_MINUTE)


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
                    _add(found[heir], cases, projects, number)
    return found


def _add(to: Answered, cases: int, projects: int, number: str) -> None:
    to.cases += cases
    to.projects += projects
    to.numbers = sorted({*to.numbers, number}, reverse=True)[:SHOWN]


def tally(day: date) -> dict[tuple[str, ...], list[tuple]]:
    """By the fields of a case: section, answered cases, those that became a TRIP, the newest number."""
    return cache.get_or_set(ANSWERS.format(day), lambda: _tally(day), TEN_MINUTES)


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


def forget() -> None:
    """An answer was confirmed or taken back, or a case became a TRIP: it is counted anew."""
    key = ANSWERS.format(timezone.localdate())
    cache.delete(key)
    transaction.on_commit(partial(cache.delete, key), robust=True)

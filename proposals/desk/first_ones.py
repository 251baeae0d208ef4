"""はじめの1人: which sections answered once, came back, or have not yet; to care for them, never to rank."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from cityhall import calendar
from proposals.fitting import memory
from proposals.models import Hearing

FIRST_YEAR = 2019  # TRIP 0.0 began in 令和元年度


@dataclass
class Section:
    """A section of today with its first and newest answered case, and what it waits for or wishes."""

    name: str
    numbers: list[str] = field(default_factory=list)
    last_on: date | None = None
    waits_for: list[str] = field(default_factory=list)
    troubles: list[memory.Trouble] = field(default_factory=list)

    @property
    def last(self) -> str:
        return self.numbers[-1] if self.numbers else ""


def first_ones(year: int) -> dict:
    """The sections in three groups, each by name, as they stood at the end of that fiscal year or today."""
    _, last = calendar.fiscal_year_bounds(year)
    groups = {"came_back": [], "once": [], "not_yet": []}
    for section in sorted(_sections(last), key=lambda one: one.name):
        groups[_group(section)].append(section)
    this_year = calendar.fiscal_year(timezone.localdate())
    years = [
        {"query": calendar.era_year(one), "label": calendar.fiscal_year_label(one), "is_shown": one == year}
        for one in range(this_year, FIRST_YEAR - 1, -1)
    ]
    return groups | {"label": calendar.fiscal_year_label(year), "years": years}


def _group(section: Section) -> str:
    return "not_yet" if not section.numbers else "once" if len(section.numbers) == 1 else "came_back"


def _sections(until: date) -> list[Section]:
    known = memory.sections(timezone.localdate())
    found = {pk: Section(name) for pk, name in known.today.items()}
    for trouble in known.troubles:
        found[trouble.section].troubles.append(trouble)
    for section, *numbers, last_on in _answered(until):
        if (heir := known.now(section)) is not None:
            one = found[heir]
            one.numbers = sorted({*one.numbers, *numbers})
            one.last_on = max(last_on, one.last_on or last_on)
    out = Hearing.objects.open().values_list("department", "proposal__number").order_by("asked_on", "pk")
    for section, number in out:
        if (heir := known.now(section)) is not None:
            found[heir].waits_for.append(number)
    return list(found.values())


def _answered(until: date) -> QuerySet:
    """Of each section its first and its newest answered case, the same one where it answered once."""
    rows = Hearing.objects.filter(answered_on__lte=until).order_by().values_list("department")
    return rows.annotate(Min("proposal__number"), Max("proposal__number"), Max("answered_on"))

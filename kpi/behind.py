"""The cases behind each figure, as known on its day; only those the reader may see are named."""

from collections.abc import Iterable
from dataclasses import dataclass

from kpi.figures import Figures
from kpi.snapshot import KnownCase
from proposals.facts import Facts
from proposals.introduced import with_ends
from proposals.models import Proposal, Support
from proposals.workflow import Verdict

TITLES = {
    "received": "受け付けた提案",
    "days": "庁内調整が始まった提案",
    "waiting": "庁内調整がまだ始まっていない提案",
    "adopted": "案件化した提案",
    "projects": "共創案件になった提案",
}


@dataclass(frozen=True)
class Line:
    """A case in a list behind a figure (一覧の1行)."""

    proposal: Proposal
    facts: Facts
    open_days: int | None

    @property
    def is_waiting(self) -> bool:
        return self.open_days is not None and self.facts.coordination_started_on is None

    @property
    def verdict(self) -> str:
        return Verdict(self.facts.verdict).label if self.facts.verdict else ""


@dataclass(frozen=True)
class Listing:
    """The cases behind a figure (指標の内訳): how many there are, and those the reader may see."""

    title: str
    count: int
    lines: list[Line]

    @property
    def hidden(self) -> int:
        return self.count - len(self.lines)


def listing(figures: Figures, name: str, user) -> Listing:
    """The list behind a figure; a case outside the reader's sections is counted, not shown."""
    cases = _cases(figures, name)
    seen = Proposal.objects.visible_to(user).with_people().in_bulk([case.pk for case in cases])
    lines = [Line(seen[case.pk], case.facts, _days(figures, case)) for case in cases if case.pk in seen]
    return Listing(TITLES[name], len(cases), lines)


def supports(figures: Figures) -> list[tuple[Support, int]]:
    """The supports delivered in the year, each with how many times; who may not be named is not."""
    times_of = figures.activities.times_of
    found = with_ends(Support.objects.select_related("provider", "recipient")).in_bulk(times_of)
    return [(found[pk], times) for pk, times in times_of.items()]


def _cases(figures: Figures, name: str) -> list[KnownCase]:
    return {
        "received": lambda: figures.received,
        "days": lambda: figures.days.cases,
        "waiting": lambda: [case for _, case in figures.days.waiting],
        "adopted": lambda: figures.adoption.adopted,
        "projects": lambda: _once(case for cases in figures.projects for case in cases),
    }[name]()


def _once(cases: Iterable[KnownCase]) -> list[KnownCase]:
    return list({case.pk: case for case in cases}.values())


def _days(figures: Figures, case: KnownCase) -> int | None:
    """Open days to the coordination, or of waiting for it; None when the case ended without."""
    if case.facts.is_closed and not case.has_started_coordination:
        return None
    last = case.facts.coordination_started_on or figures.on
    return figures.known.open_days(case.facts.first_contact_on, last)

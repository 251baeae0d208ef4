"""待ち時間の分解: open days per step by who had it, of stays that ended in a year."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from cityhall.calendar import fiscal_year_bounds
from kpi import measures
from kpi.models import Bookmark, Stay
from kpi.services import stays_from_records
from proposals.models import Proposal
from proposals.workflow import OPEN, Holder, Step

HOLDERS = [Holder.DESK, Holder.SECTION, Holder.PROPOSER, Holder.DECIDER]
FILLS = {Holder.DESK: "#0017c1", Holder.SECTION: "url(#hatch)", Holder.PROPOSER: "url(#dots)"}
WIDTH, ROW, LABEL = 560, 36, 190


@dataclass(frozen=True)
class Part:
    """The mean open days one holder had a step (区分の平均), and where its piece of the bar lies."""

    holder: Holder
    mean: float
    x: float
    width: float

    @property
    def fill(self) -> str:
        return FILLS.get(self.holder, "url(#lines)")


@dataclass(frozen=True)
class Wait:
    """The mean open days of a step (段階の平均), split by holder."""

    step: Step
    cases: int
    mean: float
    parts: list[Part]
    y: int

    @property
    def end(self) -> float:
        return self.parts[-1].x + self.parts[-1].width + 8 if self.parts else LABEL


@dataclass(frozen=True)
class Waits:
    """The days of every step (待ち時間), as of the last reading of the trail."""

    rows: list[Wait]
    read_at: object

    @property
    def height(self) -> int:
        return ROW * len(self.rows)


def waits(year: int, on: date) -> Waits:
    """Mean open days a case spent in each step with each holder; stays that ended in the year by the day."""
    first, last = fiscal_year_bounds(year)
    bookmark = Bookmark.objects.filter(reader="stays").first()
    cases, days = (_from_stays if bookmark else _from_records)(first, min(last, on))
    longest = max((sum(days.get((s, h), 0) for h in HOLDERS) / n for s, n in cases.items()), default=0)
    rows = [
        _wait(step, place, cases[step], days, (WIDTH - LABEL - 60) / (longest or 1))
        for place, step in enumerate(step for step in OPEN if step in cases)
    ]
    return Waits(rows, bookmark.taken_at if bookmark else None)


def _from_stays(first: date, last: date) -> tuple[dict, dict]:
    """Cases by step, and open days by step and holder, as the worker last worked them out."""
    over = Stay.objects.over().filter(left_on__gte=first, left_on__lte=last).order_by()
    cases = dict(over.values_list("step").annotate(cases=Count("proposal", distinct=True)))
    return cases, {(s, h): n for s, h, n in over.values_list("step", "holder").annotate(n=Sum("open_days"))}


def _from_records(first: date, last: date) -> tuple[dict, dict]:
    """The same straight from the trail, while no worker has run yet."""
    every = Proposal.objects.values_list("pk", flat=True)
    over = [s for s in stays_from_records(every, today=last) if s.left_on and first <= s.left_on <= last]
    days = Counter()
    for stay in over:
        days[stay.step, stay.holder] += stay.open_days
    return Counter(step for step, _ in {(stay.step, stay.proposal_id) for stay in over}), days


def _wait(step: Step, place: int, cases: int, days: dict, scale: float) -> Wait:
    parts, x = [], float(LABEL)
    for holder in HOLDERS:
        total = days.get((step, holder), 0)
        if total:
            parts.append(
                Part(holder, measures.half_up(measures.share(total, cases), 1), x, total / cases * scale)
            )
            x += parts[-1].width
    whole = measures.share(sum(days.get((step, holder), 0) for holder in HOLDERS), cases)
    return Wait(step, cases, measures.half_up(whole, 1), parts, place * ROW)

"""How long a step usually lasts: open days of the cases that have left it, whoever had them meanwhile."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Sum

from kpi import measures
from kpi.models import Stay
from kpi.tiles import FEW


@dataclass(frozen=True)
class UsualTime:
    """From when to when a step usually lasts (ふつうの日数): open days of the middle eight tenths."""

    cases: int
    shortest: int
    longest: int
    median: Fraction

    def __str__(self):
        days = f"{self.shortest}" if self.shortest == self.longest else f"{self.shortest}〜{self.longest}"
        return f"この段階は、ふつう{days}開庁日です（{self.cases}件）。"

    @property
    def middle(self) -> str:
        return f"{measures.plain(self.median)}開庁日"


def usual_time(step: str) -> UsualTime | None:
    """Of every case that has left the step, all its open days there; None of fewer than five cases.

    Days the proposer had the case stay in, as in the figures (domain.md §8d: the headline is gross). What
    the old ledger does not know has no stays, and so is not counted.
    """
    whole = Stay.objects.filter(step=step).order_by().values("proposal")
    left = whole.annotate(days=Sum("open_days"), stays=Count("pk")).filter(stays=Count("left_on"))
    days = list(left.values_list("days", flat=True))
    if len(days) < FEW:
        return None
    return UsualTime(
        cases=len(days),
        shortest=measures.nearest_rank(days, 10),
        longest=measures.nearest_rank(days, 90),
        median=measures.median(days),
    )

"""What became of the proposals, in numbers alone (in the manner of 三島市): for the public."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Case, CharField, Count, Q, Value, When
from django.db.models.functions import ExtractMonth, ExtractYear

from cityhall.calendar import fiscal_year
from proposals.models import Proposal, Track
from proposals.workflow import Verdict


@dataclass(frozen=True)
class Outcome:
    """How a proposal may stand for the public: its words, and what it counts."""

    key: str
    words: str
    means: str


OUTCOMES = (
    Outcome(
        "talking",
        "確認・引き合わせの途中",
        "受付から担当課の判断までのあいだと、条件がそろうのを待っているもの。"
        "判断が出ていても、提案者にお知らせするまではここに数えます。",
    ),
    Outcome(
        "going",
        "実現に向けて動いている",
        "担当する課が採用し、提案者にお知らせしたもの。条件付きのものは、条件がそろってから数えます。",
    ),
    Outcome(
        "taken_up",
        "考え方を受け止めた（趣旨採用）",
        "いまの形では進めないものの、考え方を市が受け止め、提案者にお知らせしたもの。",
    ),
    Outcome(
        "ended",
        "今回は実施に至らなかった",
        "担当する課が見送り、提案者にお知らせしたもの。対象外のものと、始める前に中止したもの。",
    ),
    Outcome("withdrawn", "取り下げ", "提案者が取り下げたもの。"),
)


@dataclass(frozen=True)
class YearOfProposals:
    """The proposals received in a fiscal year, by what became of them."""

    year: int
    counts: dict[str, int]
    is_fictional: bool

    @property
    def received(self) -> int:
        return sum(self.counts.values())

    @property
    def rows(self) -> list[tuple[Outcome, int]]:
        """Every outcome with its number, also where that is 0: a row that comes and goes would tell more."""
        return [(outcome, self.counts.get(outcome.key, 0)) for outcome in OUTCOMES]


def by_outcome(years: list[YearOfProposals]) -> list[tuple[Outcome, list[int]]]:
    """The same numbers, an outcome a row and a year a column."""
    return [(outcome, [year.counts.get(outcome.key, 0) for year in years]) for outcome in OUTCOMES]


def is_shown() -> bool:
    """Whether the city shows the table (settings.ZAMAGATE_SITE["shows_status"])."""
    return settings.ZAMAGATE_SITE.get("shows_status", False)


def status_table(today: date) -> list[YearOfProposals]:
    """The proposals of each fiscal year by what became of them, newest year first, in one statement.

    Who is counted is 提案受付件数 (ledger.md): 提案 with 受付日 in the year and not after today; doubles
    and cases sent to another window in none, 取下げ and 対象外 in theirs; a 相談 once it became a 提案.
    What a section decided counts from the day it was announced to the proposer (the old ledger's: its own);
    until then the case is 途中. So is a 条件付採用 until its conditions are met and that was announced, and
    a case taken up again. 取下げ and 対象外 are no decision to wait for: they count at once. So
    no number here moves before the proposer knows why, and a year with one proposal betrays nothing.
    """
    counts = (
        Proposal.objects.filter(track=Track.PROPOSAL, received_on__lte=today)
        .filter(merged_on__isnull=True, transferred_on__isnull=True)
        .order_by()
        .annotate(outcome=_outcome(today), y=ExtractYear("received_on"), m=ExtractMonth("received_on"))
        .values_list("y", "m", "outcome")
        .annotate(n=Count("pk"), fictional=Count("pk", filter=Q(is_fictional=True)))
    )
    return _by_year(counts)


def _outcome(today: date) -> Case:
    told = Q(announced_on__lte=today)
    decided = Q(verdict_on__lte=today)
    return Case(
        When(decided & Q(verdict=Verdict.WITHDRAWN), then=Value("withdrawn")),
        When(decided & Q(verdict=Verdict.OUT_OF_SCOPE), then=Value("ended")),
        When(told & Q(cancelled_on__lte=today), then=Value("ended")),
        When(told & Q(adopted_on__lte=today), then=Value("going")),
        When(told & decided & Q(verdict=Verdict.IN_PRINCIPLE), then=Value("taken_up")),
        When(told & decided & Q(verdict=Verdict.DECLINED), then=Value("ended")),
        default=Value("talking"),
        output_field=CharField(),
    )


def _by_year(counts) -> list[YearOfProposals]:
    years: dict[int, dict[str, int]] = {}
    fictional: set[int] = set()
    for y, m, outcome, n, of_them_fictional in counts:
        year = fiscal_year(date(y, m, 1))
        found = years.setdefault(year, {})
        found[outcome] = found.get(outcome, 0) + n
        if of_them_fictional:
            fictional.add(year)
    return [YearOfProposals(year, years[year], year in fictional) for year in sorted(years, reverse=True)]

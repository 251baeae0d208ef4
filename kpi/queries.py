"""The five figures of a fiscal year as known on a day, one a function (ledger.md)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from cityhall.calendar import fiscal_year, fiscal_year_bounds
from kpi.snapshot import KnownCase, Snapshot
from proposals.models import Delivery, Proposal
from proposals.models.support import NOT_A_PROVIDER, RECIPIENTS
from proposals.workflow import Verdict

DECIDED_AGAINST = (Verdict.IN_PRINCIPLE, Verdict.DECLINED)


@dataclass(frozen=True)
class Days:
    """初回相談から庁内調整開始まで: open and calendar days of the cases that began, and who waits still."""

    cases: list[KnownCase]
    open_days: list[int]
    calendar_days: list[int]
    waiting: list[tuple[int, KnownCase]]  # open days, longest first
    withdrawn_before: list[KnownCase]


@dataclass(frozen=True)
class Adoption:
    """案件化率: of those received in the year, which were 案件化, and which had a decision at all."""

    received: list[KnownCase]
    adopted: list[KnownCase]
    decided: list[KnownCase]


@dataclass(frozen=True)
class Activities:
    """企業連携による地域活動支援: the supports delivered in the year, each with how many times."""

    times_of: dict[int, int]

    @property
    def count(self) -> int:
        return len(self.times_of)

    @property
    def times(self) -> int:
        return sum(self.times_of.values())


@dataclass(frozen=True)
class LeftOut:
    """What 提案受付件数 does not count: 相談 of the year, doubles, and cases sent to another window."""

    consultations: int
    doubles: int
    handed_on: int


def received(known: Snapshot, year: int) -> list[KnownCase]:
    """提案受付件数: proposals with t1 in the year; withdrawn and 対象外 stay in."""
    return [case for case in known.proposals if fiscal_year(case.facts.received_on) == year]


def days_to_coordination(known: Snapshot, year: int) -> Days:
    """Days from t0 to t2 of proposals whose coordination began in the year; waiting ones of any year."""
    cases = [c for c in known.proposals if _is_in(c.facts.coordination_started_on, year)]
    pairs = [(c.facts.first_contact_on, c.facts.coordination_started_on) for c in cases]
    return Days(
        cases=cases,
        open_days=[known.open_days(*pair) for pair in pairs],
        calendar_days=[(last - first).days for first, last in pairs],
        waiting=_waiting(known),
        withdrawn_before=[c for c in known.proposals if _withdrew_before_coordination(c, year)],
    )


def adoption(known: Snapshot, year: int) -> Adoption:
    """案件化 of the cohort received in the year, as of the day; a cancelled case is decided, not adopted."""
    cohort = received(known, year)
    return Adoption(
        received=cohort,
        adopted=[case for case in cohort if case.facts.adopted_on],
        decided=[case for case in cohort if _is_decided(case)],
    )


def projects(known: Snapshot, year: int) -> list[list[KnownCase]]:
    """共創案件数: TRIPs, as their 案件化 cases, whose earliest t5 lies in the year."""
    travelling = defaultdict(list)
    for case in known.cases:
        if case.facts.adopted_on:
            for project in known.projects_of.get(case.pk) or [f"case {case.pk}"]:
                travelling[project].append(case)
    return [cases for cases in travelling.values() if _is_in(min(c.facts.adopted_on for c in cases), year)]


def activities(known: Snapshot, year: int) -> Activities:
    """企業連携による地域活動支援: provider × recipient × purpose, through the desk, delivered in the year."""
    first, last = fiscal_year_bounds(year)
    delivered = (
        Delivery.objects.filter(on__gte=first, on__lte=min(last, known.on), support__via_desk=True)
        .filter(support__recipient__kind__in=RECIPIENTS)
        .exclude(support__provider__kind__in=NOT_A_PROVIDER)
    )
    return Activities(dict(delivered.values_list("support").annotate(times=Count("pk")).order_by("support")))


def left_out(known: Snapshot, year: int) -> LeftOut:
    """How many cases of the year 提案受付件数 leaves out, and why."""
    first, last = fiscal_year_bounds(year)
    arrived = Proposal.objects.filter(received_on__gte=first, received_on__lte=min(last, known.on))
    return LeftOut(
        consultations=sum(_is_consultation_of(case, year) for case in known.cases),
        **arrived.aggregate(
            doubles=Count("pk", filter=Q(merged_on__isnull=False)),
            handed_on=Count("pk", filter=Q(transferred_on__isnull=False)),
        ),
    )


def _is_consultation_of(case: KnownCase, year: int) -> bool:
    return case.facts.received_on is None and _is_in(case.facts.first_contact_on, year)


def _waiting(known: Snapshot) -> list[tuple[int, KnownCase]]:
    open_cases = [c for c in known.proposals if not c.has_started_coordination and not c.facts.is_closed]
    waiting = [(known.open_days(c.facts.first_contact_on, known.on), c) for c in open_cases]
    return sorted(waiting, key=lambda pair: -pair[0])


def _withdrew_before_coordination(case: KnownCase, year: int) -> bool:
    is_withdrawn = case.facts.verdict == Verdict.WITHDRAWN
    return is_withdrawn and _is_in(case.facts.verdict_on, year) and not case.has_started_coordination


def _is_decided(case: KnownCase) -> bool:
    facts = case.facts
    is_cancelled = bool(facts.cancelled_on and facts.verdict in (Verdict.ADOPTED, Verdict.CONDITIONAL))
    return bool(facts.adopted_on or is_cancelled or facts.verdict in DECIDED_AGAINST)


def _is_in(day: date | None, year: int) -> bool:
    return day is not None and fiscal_year(day) == year

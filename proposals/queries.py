"""What the desk asks of the cases: its lists and their counts, whose turn it is, the days of a case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.db import connection
from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat, JSONArray
from django.utils import timezone

from cityhall import calendar, closures
from cityhall.models import ClosedDay, Department, Posting, Role, User
from proposals.column import Column
from proposals.models import Assessment, Hearing, Proposal, SavedFilter
from proposals.models.lists import ENDED, NO_DAY
from proposals.models.proposal import NEW, UNTOLD
from proposals.spans import spans
from proposals.workflow import OPEN, Holder, Step

MOST = 999  # a count beside a link says no more than that
HELD = Q(is_held__in=[True])  # said so, SQLite reads it from the index
WITH_NEWS = Q(pk__in=Proposal.objects.with_news().values("pk"))  # the few first, then their order

Statement = tuple[str, tuple]  # what a queryset asks, in words, and with what

# --- the desk's lists -----------------------------------------------------


def desk_lists(user, closed: frozenset[date] = frozenset()) -> dict[str, QuerySet]:
    """Each list of the desk by its name in the address; a count beside a link counts the very same rows.

    `closed` are the city's own closed days, which "answered" skips.
    """
    return {name: Proposal.objects.filter(rule()) for name, rule in list_rules(user, closed).items()}


def list_rules(user, closed: frozenset[date] = frozenset()) -> dict[str, Callable[[], Q]]:
    """Which cases stand in each of the desk's lists; a rule is made up when it is asked for."""
    today, running = timezone.localdate(), Q(due_rank__lt=ENDED)
    return {
        "open": lambda: running,
        "mine": lambda: running & Q(officer=user),
        "new": lambda: NEW,
        "held": lambda: running & HELD,
        "late": lambda: Q(due_rank__lt=today),
        "today": lambda: Q(due_rank=today),
        "answered": lambda: (
            running & Q(pk__in=answered_since(last_open_day(today, closed)).values("proposal"))
        ),
        "news": lambda: WITH_NEWS,
        "announce": lambda: UNTOLD,
        "asked": lambda: running & Q(holder=Holder.PROPOSER),
        "second": lambda: running & Q(pk__in=read_by_one()),
        "seeds": lambda: Q(due_rank=ENDED, step__in=[Step.IN_PRINCIPLE, Step.DECLINED]),
        "ended": lambda: Q(due_rank=ENDED),
        "all": Q,
    }


class UpTo(Subquery):
    """How many rows a query has, as far as it was sliced."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counts(*, beside: dict | None = None, **lists: QuerySet) -> dict[str, int]:
    """How many rows each list has, in one statement; what is over MOST is MOST + 1, and read no further.

    `beside` are other expressions to be read with them.
    """
    return counting(beside=beside, **lists).first() or dict.fromkeys(lists, 0)


def counting(*, beside: dict | None = None, **lists: QuerySet) -> QuerySet:
    """What `counts` asks; it hangs on one row, which is anybody's."""
    told = {name: UpTo(rows.order_by().values("pk")[: MOST + 1]) for name, rows in lists.items()}
    return User.objects.order_by("pk").values(**told, **(beside or {}))[:1]


def answer(statement: Statement) -> dict:
    """The first row that a statement finds, by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def answered_since(day: date) -> QuerySet[Hearing]:
    """The sheets answered on or after a day."""
    return Hearing.objects.filter(answered_on__gte=day)


def read_by_one() -> QuerySet:
    """The cases of which one person has written a 見立て, and nobody else."""
    read = Assessment.objects.order_by().values("proposal")
    return read.annotate(readers=Count("reader", distinct=True)).filter(readers=1).values("proposal")


def last_open_day(today: date, closed: frozenset[date] = frozenset()) -> date:
    """The open day before today, city closures left out: what came since is news."""
    day = today - timedelta(1)
    while not calendar.is_open(day, closed):
        day -= timedelta(1)
    return day


# --- rows -----------------------------------------------------------------


class Together(Aggregate):
    """The texts of a group as one, with a sign between them."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, '%(between)s')"
    output_field = CharField()

    def __init__(self, texts, between: str = "・"):
        super().__init__(texts, between=between)

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


class Rows(Aggregate):
    """The rows of a group as one list."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


def rows_of(query: QuerySet, *fields: str) -> Column:
    """All rows of a query in one column of another, each the list of these fields."""
    whole = query.order_by().annotate(whole=Value(1)).values("whole")
    return Column(whole.annotate(rows=Rows(JSONArray(*fields))).values("rows"))


def kept_by(user) -> Subquery:
    """The narrowed lists somebody kept or that are shared, a line each (name, tab, query), as one text."""
    seen = SavedFilter.objects.filter(Q(owner=user) | Q(is_shared=True)).order_by()
    line = Concat("name", Value("\t"), "query", output_field=CharField())
    together = seen.annotate(all=Value(1)).values("all").annotate(lines=Together(line, between="\n"))
    return Subquery(together.values("lines"))


def with_turn(cases: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The cases with whom they name, and `waiting_for`: the sections whose answer is out."""
    return cases.with_people().annotate(waiting_for=_waiting_for())


@cache
def _waiting_for() -> Subquery:
    """Always the same, so made up once."""
    out = Hearing.objects.open().filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return Subquery(out.annotate(names=Together("department__name")).values("names"))


# --- the home -------------------------------------------------------------


# what has no day first; where all have one, the index gives the same order
SOONEST = (F("due_on").asc(nulls_first=True), "holder_since_on", "number")
BY_DAY = ("due_rank", "holder_since_on", "number")


def first_things(limit: int = 6) -> QuerySet[Proposal]:
    """What the desk does first: overdue, due today, results to tell, news, then what waits longest on it."""
    today = timezone.localdate()
    kinds = [
        (Q(due_rank__lt=today), BY_DAY),
        (Q(due_rank=today), BY_DAY),
        (UNTOLD, SOONEST),
        (Q(news__gt=""), SOONEST),
        (Q(holder=Holder.DESK, due_rank=NO_DAY), BY_DAY),
        (Q(holder=Holder.DESK, due_rank__gt=today, due_rank__lt=NO_DAY), BY_DAY),
    ]
    rank = Case(*(When(kind, then=n) for n, (kind, _) in enumerate(kinds)), output_field=IntegerField())
    found = Proposal.objects.filter(pk__in=_first_of_each(kinds, limit)).annotate(rank=rank)
    return with_turn(found).order_by("rank", *SOONEST)[:limit]


def _first_of_each(kinds: list[tuple[Q, tuple]], limit: int) -> QuerySet:
    """The first cases of each kind, each read from an index: the first of all are among them."""
    of_each = (Proposal.objects.filter(kind).order_by(*order).values("pk")[:limit] for kind, order in kinds)
    first, *others = (Proposal.objects.order_by().filter(pk__in=pks).values("pk") for pks in of_each)
    return first.union(*others)


def whose_turn() -> dict[str, dict]:
    """Of each holder: how many cases, since when the longest waits, and which case that is."""
    held = {holder: Proposal.objects.open().filter(holder=holder) for holder in Holder}
    columns = {"since": "holder_since_on", "number": "number"}
    longest = {
        f"{holder}_{name}": Subquery(cases.order_by("holder_since_on", "number").values(column)[:1])
        for holder, cases in ((one, Proposal.objects.filter(holder=one, step__in=OPEN)) for one in Holder)
        for name, column in columns.items()
    }
    found = counts(beside=longest, **held)
    return {
        holder: {"cases": found[holder]} | {name: found[f"{holder}_{name}"] for name in columns}
        for holder in held
    }


# --- the days of a case ---------------------------------------------------


@dataclass
class StepDays:
    """A case's time in one step, in 開庁日, split by who had it."""

    entered_on: date
    open_days: int = 0
    by_holder: dict[str, int] = field(default_factory=dict)


def days_by_step(
    proposal: Proposal, *, records: Iterable | None = None, closed: frozenset[date] | None = None
) -> dict[str, StepDays]:
    """The open days in each step so far, from the records alone; a step entered twice is added up."""
    today = timezone.localdate()
    closed = closures.closed_days() if closed is None else closed
    found: dict[str, StepDays] = {}
    for span in spans(proposal.records.all() if records is None else records, until=today):
        days = calendar.count_open_days(span.entered_on, span.left_on or today, closed)
        step = found.setdefault(span.step, StepDays(span.entered_on))
        step.open_days += days
        step.by_holder[span.holder] = step.by_holder.get(span.holder, 0) + days
    return found


# --- what forms offer -----------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """What the forms of a page offer, and the days the city is closed."""

    departments: list[tuple[int, str]]
    officers: list[tuple[int, str]]
    closed: frozenset[date]

    @staticmethod
    def beside(day: date) -> dict[str, Subquery]:
        """The columns that bring it along with another question."""
        return {
            "offers_departments": rows_of(departments_on(day), "name", "pk"),
            "offers_officers": rows_of(desk_officers(), "user__name", "user"),
            "is_closed_on": rows_of(ClosedDay.objects.all(), "on"),
        }

    @classmethod
    def read(cls, row) -> "Offered":
        """What `beside` brought along with this row."""
        departments, officers = (
            [(pk, name) for name, pk in sorted(pairs or ())]
            for pairs in (row.offers_departments, row.offers_officers)
        )
        closed = frozenset(date.fromisoformat(on) for (on,) in row.is_closed_on or ())
        return cls(departments, officers, closed)


def departments_on(day: date) -> QuerySet:
    """The sections there are on a day, as key and name."""
    return Department.objects.valid_on(day).values_list("pk", "name")


def desk_officers() -> QuerySet:
    """Who works at the desk today, as key and name."""
    return (
        Posting.objects.in_force()
        .filter(role=Role.DESK)
        .order_by("user__name")
        .values_list("user", "user__name")
    )

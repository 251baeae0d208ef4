"""What the list of cases can be narrowed to: declared filters alone; anything else is a bad request."""

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import CharField, Value
from django.utils import timezone

from cityhall import calendar
from cityhall.models import Department, Posting, Role, User
from proposals.finding import containing
from proposals.models import Proposal, Track
from proposals.paging import Place, after
from proposals.workflow import OPEN, Holder, Step

LISTS = {
    "open": "動いている案件",
    "mine": "わたしの案件",
    "new": "新着",
    "held": "迷惑投稿かどうかの確かめ待ち",
    "late": "期限を過ぎた",
    "today": "今日が期限",
    "answered": "関係課の返事が届いた",
    "news": "提案者から届いた",
    "announce": "結果のお知らせ待ち",
    "asked": "提案者の返事待ち",
    "seeds": "種の庫",
    "ended": "終わった案件",
    "all": "すべての案件",
}
OVERDUE = [("yes", "期限を過ぎた")]
NOBODY = "none"
FIRST_YEAR = 2019  # TRIP 0.0 began in 令和元年度


def years() -> list[tuple[str, str]]:
    """R8 … R1, as in the numbers of the cases."""
    this_year = calendar.fiscal_year(timezone.localdate())
    return [
        (calendar.era_year(year), calendar.fiscal_year_label(year))
        for year in range(this_year, FIRST_YEAR - 1, -1)
    ]


def readable(words: str) -> None:
    """Refuses a place no list ended at."""
    try:
        Place.read(words)
    except ValueError:
        raise ValidationError("一覧のつづきが読めませんでした。") from None


class ProposalFilter(django_filters.FilterSet):
    """`list` names one of the desk's lists; `q` looks everywhere unless a list is named."""

    list = django_filters.ChoiceFilter(label="一覧", choices=list(LISTS.items()), method="as_is")
    q = django_filters.CharFilter(label="さがす", max_length=100, method="search")
    after = django_filters.CharFilter(label="つづき", max_length=60, validators=[readable], method="follow")
    overdue = django_filters.ChoiceFilter(label="期限", choices=OVERDUE, method="late")
    holder = django_filters.ChoiceFilter(label="いまの番", choices=Holder.choices)
    step = django_filters.ChoiceFilter(label="段階", choices=Step.choices)
    track = django_filters.ChoiceFilter(label="区分", choices=Track.choices)
    department = django_filters.ChoiceFilter(label="所管課", field_name="department_id")
    officer = django_filters.ChoiceFilter(
        label="担当", field_name="officer_id", null_label="決めていない", null_value=NOBODY
    )
    year = django_filters.ChoiceFilter(label="年度", choices=years, method="of_year")

    PILLS = ("overdue", "holder", "step", "track", "department", "officer", "year")

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in people_and_sections().items():
            self.filters[name].extra["choices"] = choices

    def as_is(self, cases, name, value):
        return cases

    def search(self, cases, name, words):
        return containing(cases, words)

    def follow(self, cases, name, words):
        return after(cases, Place.read(words))

    def late(self, cases, name, value):
        return cases.filter(due_rank__lt=timezone.localdate())

    def of_year(self, cases, name, year):
        return cases.filter(number__startswith=f"{year}-")


def people_and_sections() -> dict[str, list[tuple[str, str]]]:
    """What a case may be narrowed to that is kept in tables, gone ones too, in one statement."""
    desk = User.objects.filter(pk__in=Posting.objects.filter(role=Role.DESK).values("user"))
    tables = {"department": Department.objects.all(), "officer": desk}
    rows = [
        table.order_by().values_list(Value(name, CharField()), "pk", "name") for name, table in tables.items()
    ]
    found = {name: [] for name in tables}
    for name, pk, words in sorted(rows[0].union(*rows[1:], all=True), key=lambda row: row[2]):
        found[name].append((str(pk), words))
    return found


def list_of(parameters) -> str:
    """Which of the desk's lists is asked for: looking for something, or for a closed step, means all."""
    looks_everywhere = parameters.get("q") or parameters.get("step", OPEN[0]) not in OPEN
    return parameters.get("list") or ("all" if looks_everywhere else "open")


def unknown(parameters) -> set[str]:
    """The parameters of an address that no filter declares."""
    return set(parameters) - set(ProposalFilter.base_filters)

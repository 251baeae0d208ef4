"""What the list of cases can be narrowed to: declared filters alone; anything else is a bad request."""

import copy
import json
from functools import cache

import django_filters
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import CharField, JSONField, Lookup, Q, Value
from django.http import QueryDict
from django.utils import timezone

from cityhall import calendar
from cityhall.models import Department, Posting, Role, User
from proposals.finding import containing
from proposals.forms.fields import Shared
from proposals.forms.words import FIELDS
from proposals.models import Measure, OrganizationKind, Proposal, Submission, Theme, Track
from proposals.models.lists import MARK
from proposals.models.proposal import UNTOLD, Category
from proposals.paging import Place, after
from proposals.queries import HELD, WITH_NEWS
from proposals.workflow import OPEN, Holder, Step, Verdict

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
    "second": "見立ての2人目を待つ",
    "seeds": "種の庫",
    "ended": "終わった案件",
    "all": "すべての案件",
}
OVERDUE = [("yes", "期限を過ぎた")]
FLAGS = {
    "news": ("提案者から届いた", WITH_NEWS),
    "announce": ("お知らせ待ち", UNTOLD),
    "held": ("確かめ待ち", HELD),
    "revised": ("書き直された", Q(pk__in=Submission.objects.filter(version__gt=1).values("proposal"))),
}
NOBODY = "none"
FIRST_YEAR = 2019  # TRIP 0.0 began in 令和元年度


@JSONField.register_lookup
class Names(Lookup):
    """Whether a list of words names this one."""

    lookup_name = "names"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: str, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection):
        column, _ = self.process_lhs(compiler, connection)
        return f"{column} @> %s::jsonb", [json.dumps([self.rhs])]

    def as_sqlite(self, compiler, connection):
        column, _ = self.process_lhs(compiler, connection)
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = %s)", [self.rhs]


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


class OneOf(Shared, django_filters.fields.ChoiceField):
    """A field whose choices every form shares."""


class Choice(django_filters.ChoiceFilter):
    """A filter that every page has with its own wording, not with copies of all its choices."""

    field_class = OneOf

    def __deepcopy__(self, memo):
        own = copy.copy(self)
        own.extra, own.method = self.extra.copy(), self.method  # its method is bound anew
        return own


def choice(label: str, choices=(), **options) -> Choice:
    return Choice(label=label, choices=choices, **options)


class ProposalFilter(django_filters.FilterSet):
    """`list` names one of the desk's lists; `q` looks everywhere unless a list is named."""

    list = choice("一覧", [*LISTS.items()], method="as_is")
    q = django_filters.CharFilter(label="さがす", max_length=100, method="search")
    after = django_filters.CharFilter(label="つづき", max_length=60, validators=[readable], method="follow")
    overdue = choice("期限", OVERDUE, method="late")
    holder = choice("いまの番", Holder.choices)
    step = choice("段階", Step.choices)
    field = choice("分野", [(name, name) for name in FIELDS], method="of_field")
    track = choice("区分", Track.choices)
    department = choice("所管課", field_name="department_id")
    officer = choice("担当", field_name="officer_id", null_label="決めていない", null_value=NOBODY)
    year = choice("年度", years, method="of_year")
    kind = choice("団体区分", OrganizationKind.choices, field_name="organization__kind")
    theme = choice("困りごと", method="answering")
    verdict = choice("判断", Verdict.choices)
    category = choice("案件の種類", [*Category.choices, (NOBODY, "決めていない")], method="of_category")
    measure = choice("重点施策・基本姿勢", field_name="measures")
    flag = choice("しるし", [(name, words) for name, (words, _) in FLAGS.items()], method="flagged")

    PILLS = ("overdue", "holder", "step", "field", "track", "department", "officer", "year")
    MORE_PILLS = ("kind", "theme", "verdict", "category", "measure", "flag")

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in kept_choices().items():
            self.filters[name].extra["choices"] = choices

    def as_is(self, cases, name, value):
        return cases

    def search(self, cases, name, words):
        return containing(cases, words)

    def follow(self, cases, name, words):
        return after(cases, Place.read(words))

    def late(self, cases, name, value):
        return cases.filter(due_rank__lt=timezone.localdate())

    def of_field(self, cases, name, field):
        return cases.filter(fields__names=field)

    def of_year(self, cases, name, year):
        return cases.filter(year_mark=f"{year}-"[:MARK])

    def answering(self, cases, name, theme):
        return cases.filter(pk__in=Submission.objects.filter(theme=theme).values("proposal"))

    def of_category(self, cases, name, category):
        return cases.filter(category="" if category == NOBODY else category)

    def flagged(self, cases, name, flag):
        return cases.filter(FLAGS[flag][1])


def kept_choices() -> dict[str, list[tuple[str, str]]]:
    """What a case may be narrowed to that is kept in tables, gone ones too, in one statement."""
    found: dict[str, list] = {name: [] for name in ("department", "officer", "theme", "measure")}
    with connection.cursor() as cursor:
        cursor.execute(*_kept_statement())
        for name, pk, words in sorted(cursor.fetchall(), key=lambda row: row[2]):
            found[name].append((str(pk), words))
    return found


@cache
def _kept_statement() -> tuple[str, tuple]:
    """Always the same, so worded once."""
    desk = User.objects.filter(pk__in=Posting.objects.filter(role=Role.DESK).values("user"))
    tables = {
        "department": (Department.objects.all(), "name"),
        "officer": (desk, "name"),
        "theme": (Theme.objects.all(), "title"),
        "measure": (Measure.objects.all(), "name"),
    }
    rows = [
        table.order_by().values_list(Value(name, CharField()), "pk", words)
        for name, (table, words) in tables.items()
    ]
    return rows[0].union(*rows[1:], all=True).query.sql_with_params()


def list_of(parameters) -> str:
    """Which of the desk's lists is asked for: looking for something, or for a closed step, means all."""
    is_closed = parameters.get("step", OPEN[0]) not in OPEN or parameters.get("verdict")
    looks_everywhere = parameters.get("q") or is_closed or parameters.get("flag")
    return parameters.get("list") or ("all" if looks_everywhere else "open")


def unknown(parameters) -> set[str]:
    """The parameters of an address that no filter declares, or that it names twice."""
    declared = set(ProposalFilter.base_filters)
    return {name for name in parameters if name not in declared or len(parameters.getlist(name)) > 1}


def narrowing(query: str) -> QueryDict:
    """What an address narrows the list to, without its place in the list."""
    found = QueryDict(query, mutable=True)
    found.pop("after", None)
    return found


def said(form, parameters) -> str:
    """A narrowing in words: 段階「②内容整理」・分野「環境」."""
    fields = form.fields
    return "・".join(
        f"{fields[name].label}「{_word(fields[name], value)}」" for name, value in parameters.items()
    )


def _word(field, value: str) -> str:
    choices = getattr(field, "choices", ())
    return next((str(words) for key, words in choices if str(key) == value), value)

"""What a deed over many cases would do to each: whom it reaches, or why the case is skipped."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from cityhall.models import Department, OutgoingMail, User
from proposals.models import DeskJob, Hearing, Message, Proposal
from proposals.queries import rows_of
from proposals.services.hearings import ASKED_AT

Kind = DeskJob.Kind
NEWS_FIRST = "提案者から届いたものを、先に読んでください。"
HELD_FIRST = "先に、迷惑投稿でないことを確かめてください。"


@dataclass(frozen=True)
class Asked:
    """What somebody decided for all of the cases (決めたこと)."""

    officer: User | None = None
    departments: list[Department] = field(default_factory=list)
    reason: str = ""
    request: str = Hearing.Request.TELL
    due_on: date | None = None
    own: dict[str, dict] = field(default_factory=dict)  # by number: a case's words, or `skip`: why

    def sheet(self, number: str) -> dict:
        """What a sheet on the case of that number asks: its own words, else those for all."""
        told = {"reason": self.reason, "request": self.request, "due_on": self.due_on}
        return told | self.own.get(number, {})


@dataclass(frozen=True)
class Plan:
    """What would happen to one case (予定)."""

    case: Proposal
    reaches: list[str] = field(default_factory=list)
    skip: str = ""


def read(told: dict) -> Asked:
    """What was decided, as it is kept in a job."""
    kept = dict(told)
    if "officer" in kept:
        kept["officer"] = User.objects.get(pk=kept["officer"])
    if "departments" in kept:
        kept["departments"] = list(Department.objects.filter(pk__in=kept["departments"]))
    if "own" in kept:
        kept["own"] = {number: _with_day(own) for number, own in kept["own"].items()}
    return Asked(**_with_day(kept))


def _with_day(kept: dict) -> dict:
    return kept | {"due_on": date.fromisoformat(kept["due_on"])} if kept.get("due_on") else kept


def plan(kind: str, case: Proposal, asked: Asked) -> Plan:
    """The plan for one case; it is made anew when the case's turn has come."""
    return PLANS[kind](case, asked)


def _assign(case: Proposal, asked: Asked) -> Plan:
    if case.merged_into_id:
        return Plan(case, skip="ほかの案件にまとめています。")
    if case.officer_id == asked.officer.pk:
        return Plan(case, skip=f"もう{asked.officer}が担当です。")
    return Plan(case, [f"{asked.officer}（いまは{case.officer or '決めていません'}）"])


def _ask(case: Proposal, asked: Asked) -> Plan:
    if case.is_held:
        return Plan(case, skip=HELD_FIRST)
    if case.step not in ASKED_AT:
        return Plan(case, skip=f"②から④のあいだに尋ねられます（いまは{case.get_step_display()}）。")
    if case.news:
        return Plan(case, skip=NEWS_FIRST)
    if "skip" in asked.own.get(case.number, {}):
        return Plan(case, skip=f"飛ばすことにしました。{asked.own[case.number]['skip']}")
    names = [section.name for section in missing(case, asked)]
    return Plan(case, names, skip="" if names else "どの課も、もう尋ねて返事を待っています。")


def _remind(case: Proposal, asked: Asked) -> Plan:
    if not case.is_open:
        return Plan(case, skip="終わった案件です。")
    if case.news:
        return Plan(case, skip=NEWS_FIRST)
    sheets, questions = waiting(case)
    if not sheets and not questions and _out(case):
        return Plan(case, skip="今日、期限の知らせが出ています。催促は、明日からできます。")
    if not sheets and not questions:
        return Plan(case, skip="返事を待っている課も、お尋ねもありません。")
    names = [sheet.department.name for sheet in sheets if sheet.department.email]
    names += ["提案者"] if questions and address(case) else []
    return Plan(case, names, skip="" if names else "メールの登録がありません。電話で催促してください。")


def missing(case: Proposal, asked: Asked) -> list[Department]:
    """The sections that are not asked yet."""
    out = {sheet.department_id for sheet in _out(case)}
    return [section for section in asked.departments if section.pk not in out]


def waiting(case: Proposal) -> tuple[list[Hearing], list[Message]]:
    """The sheets and the questions whose answer is out; no sheet whose due day was told by letter today."""
    told = "".join(key for (key,) in case.due_today or ())
    return [sheet for sheet in _out(case) if f":due:sheet:{sheet.pk}:" not in told], [
        message for message in case.messages.all() if message.asks and not message.answered_at
    ]


def with_all(cases: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The cases with what the plans look at, in as many statements for one as for many."""
    letters = OutgoingMail.objects.filter(about=OuterRef("number"), key__contains=":due:sheet:")
    today = letters.filter(created_at__date=timezone.localdate())
    cases = cases.with_people().select_related("contact").annotate(due_today=rows_of(today, "key"))
    return cases.prefetch_related("hearings__department", "messages")


def _out(case: Proposal) -> list[Hearing]:
    return [sheet for sheet in case.hearings.all() if sheet.is_open]


def address(case: Proposal) -> str:
    """Where its proposer reads letters, if anywhere."""
    contact = getattr(case, "contact", None)
    return contact.email if contact else ""


PLANS = {Kind.ASSIGN: _assign, Kind.ASK: _ask, Kind.REMIND: _remind}

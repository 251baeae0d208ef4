"""共創調整会議: what a meeting talks about, read out of the cases as they stand on the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cityhall import calendar, closures
from cityhall.panels import panels_for
from cityhall.templatetags.zama import short_date
from proposals import stances
from proposals.introduced import SOMEBODY, with_names
from proposals.models import Condition, Hearing, Introduction, MeetingItem, Proposal
from proposals.models.lists import ENDED
from proposals.workflow import OPEN_DAYS_AT, Step, Verdict

Section = MeetingItem.Section
SHOWN = 20  # lines of a section; how many more there are is said
AHEAD = timedelta(31)  # conditions and ふり返り of the month to come
ANSWERING = [Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL]


@dataclass(frozen=True)
class Line:
    """What stands on the agenda of a case or a TRIP, in the words of the day."""

    number: str
    title: str
    about: str
    standing: str
    why: str
    proposal_id: int | None = None


@dataclass(frozen=True)
class Part:
    """One section of the agenda: its first lines, and how many more there are."""

    section: Section
    lines: list[Line]
    more: int = 0


def agenda(held_on: date, since: date, user) -> list[Part]:
    """All sections in their order; those of other floors come by their panels ("meeting.agenda")."""
    today, closed = timezone.localdate(), closures.closed_days()
    ours = [
        _new(since),
        _stuck(today, closed),
        _conflicting(),
        _meeting(held_on, today),
        _closing(since),
        _to_decide(today, closed),
        _conditions(held_on),
    ]
    theirs = panels_for("meeting.agenda", held_on + AHEAD, user)
    return [*ours, *chain.from_iterable(panel.context["parts"] for panel in theirs)]


def part(section: Section, lines: Iterable[Line], count: int) -> Part:
    """A section with its first lines, of so many."""
    shown = list(lines)
    return Part(section, shown, max(0, count - len(shown)))


def counted(rows: QuerySet) -> int:
    """How many there are: open cases and those of a month, so that counting them all costs little."""
    return rows.order_by().count()


def _new(since: date) -> Part:
    cases = Proposal.objects.filter(first_contact_on__gt=since, is_held=False, merged_into=None)
    return _cases(Section.NEW, cases.order_by("first_contact_on", "pk"), _arrived)


def _arrived(case: Proposal) -> str:
    return f"{short_date(case.first_contact_on)}に届きました（{case.get_track_display()}）"


def _stuck(today: date, closed: frozenset[date]) -> Part:
    """Open days beyond the usual for the step, the longest first."""
    known = max(OPEN_DAYS_AT.values()) + 1
    back = _open_days_back(today, known, closed)
    late = Q()
    for step, usual in OPEN_DAYS_AT.items():
        late |= Q(step=step, step_entered_on__lt=back[usual])

    def why(case: Proposal) -> str:
        days = calendar.count_open_days(case.step_entered_on, today, closed)
        usual = OPEN_DAYS_AT[case.step]
        return f"この段階で{days}開庁日（ふつうは{usual}開庁日）。いまの番は{case.get_holder_display()}"

    cases = Proposal.objects.open().filter(late, is_held=False)
    return _cases(Section.STUCK, cases.order_by("step_entered_on", "pk"), why)


def _open_days_back(today: date, count: int, closed: frozenset[date]) -> list[date]:
    """So many open days, the latest first, today among them where it is open."""
    found, day = [], today
    while len(found) < count:
        if calendar.is_open(day, closed):
            found.append(day)
        day -= timedelta(1)
    return found


def _conflicting() -> Part:
    """Willing beside unwilling, or two conditions, while the sections are being asked."""
    sheets = Hearing.objects.filter(proposal=OuterRef("pk"))
    willing = Exists(sheets.filter(answer__in=stances.WILLING))
    unwilling = Exists(sheets.filter(answer__in=stances.UNWILLING))
    same_case = Hearing.objects.filter(proposal=OuterRef("proposal"), answer="if")
    other_words = Exists(same_case.exclude(answer_text=OuterRef("answer_text")))
    two_conditions = Exists(sheets.filter(other_words, answer="if"))
    cases = Proposal.objects.filter(two_conditions | (willing & unwilling), step__in=ANSWERING)
    return _cases(Section.CONFLICT, _with_sheets(cases), _stances, stands=_differs)


def _with_sheets(cases: QuerySet) -> QuerySet:
    return cases.prefetch_related("hearings__department").order_by("step_entered_on", "pk")


def _differs(case: Proposal) -> bool:
    return stances.differ(case.hearings.all())


def _stances(case: Proposal) -> str:
    answered = [sheet for sheet in case.hearings.all() if sheet.answer]
    return "／".join(f"{sheet.department}：{sheet.get_answer_display()}" for sheet in answered)


def _meeting(held_on: date, today: date) -> Part:
    """Introductions of the month to come, and those whose result nobody wrote; of the town nobody is named,
    for the pack stays as it was handed out."""
    rows = Introduction.objects.to_come().filter(on__lte=held_on + AHEAD, proposal__due_rank__lt=ENDED)
    rows = rows.order_by("on", "pk")
    found = with_names(rows).select_related("proposal__organization", "proposal__department")[:SHOWN]
    return part(Section.MEETING, [_line(one.proposal, _meets(one, today)) for one in found], counted(rows))


def _meets(introduction: Introduction, today: date) -> str:
    who = "、".join(filter(None, [introduction.sections, SOMEBODY if introduction.partners else ""]))
    standing = "の引き合わせは、結果がまだです" if introduction.on < today else "に会います"
    return f"{short_date(introduction.on)}{standing}：{who}"


def _closing(since: date) -> Part:
    cases = Proposal.objects.filter(due_rank=ENDED, step_entered_on__gt=since).exclude(step=Step.MERGED)
    return _cases(Section.CLOSING, cases.order_by("step_entered_on", "pk"), _ended)


def _ended(case: Proposal) -> str:
    day = short_date(case.step_entered_on)
    untold = "。提案者にはまだ知らせていません" if case.is_to_announce else ""
    return f"{day}に{Verdict(case.verdict).label if case.verdict else case.get_step_display()}{untold}"


def _to_decide(today: date, closed: frozenset[date]) -> Part:
    def why(case: Proposal) -> str:
        days = calendar.count_open_days(case.step_entered_on, today, closed)
        return f"{case.department}の判断を待って{days}開庁日（期限は{short_date(case.due_on)}）"

    cases = Proposal.objects.open().filter(step=Step.DECISION).select_related("department")
    return _cases(Section.DECISION, cases.order_by(F("due_on").asc(nulls_last=True), "pk"), why)


def _conditions(held_on: date) -> Part:
    """Conditions due until a month after the meeting, and those past their day."""
    asked = Condition.objects.current().open().filter(due_on__lte=held_on + AHEAD)
    rows = asked.filter(proposal__step=Step.CONDITIONS).order_by("due_on", "pk")
    found = rows.select_related("proposal__organization", "proposal__department")[:SHOWN]
    lines = [_line(one.proposal, f"{short_date(one.due_on)}まで：{one.text}（{one.owner}）") for one in found]
    return part(Section.CONDITION, lines, counted(rows))


def _cases(section: Section, cases: QuerySet, why, stands=lambda case: True) -> Part:
    found = list(cases.with_people()[:SHOWN])
    lines = [_line(case, why(case)) for case in found if stands(case)]
    more = counted(cases) - len(found) if len(found) == SHOWN else 0
    return Part(section, lines, more)


def _line(case: Proposal, why: str) -> Line:
    about = "　".join(filter(None, [case.organization.name, str(case.department or "")]))
    return Line(case.number, case.title, about, case.get_step_display(), why[:500], case.pk)

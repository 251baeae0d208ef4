"""What the page of a case says: where it stands, its six steps, its sheets, its facts."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.shortcuts import get_object_or_404

from cityhall import calendar, post
from cityhall.models import OutgoingMail
from cityhall.templatetags.zama import SHAPES, short_date, wareki
from proposals.desk.rows import Row
from proposals.introduced import next_meeting
from proposals.models import Assessment, Contact, Hearing, JointSection, Origin, Proposal, ReceiptCode
from proposals.queries import StepDays, Together, UpTo, rows_of, with_turn
from proposals.views.section.days import Today
from proposals.workflow import LEFT_EARLY, SIX_STEPS, Step

NOT_TOLD = "台帳に記載なし"
NOBODY = "終わっています"


def find_case(number: str, **beside) -> Proposal:
    """The case of that number with all its page needs, and columns read beside it; 404 without."""
    sheets = Hearing.objects.numbered().select_related("department", "passed_to__department")
    codes = ReceiptCode.objects.in_force().filter(proposal=OuterRef("pk")).order_by().values("proposal")
    cases = with_turn(Proposal.objects.all())
    cases = cases.select_related("merged_into", "fairness", "decision_draft", "match")
    cases = cases.annotate(
        let_in=Subquery(codes.annotate(codes=Count("pk")).values("codes")),
        has_mail=Exists(Contact.objects.filter(proposal=OuterRef("pk")).exclude(email="")),
        **next_meeting(),
        **beside,
    )
    letters = OutgoingMail.objects.filter(about=OuterRef("number")).order_by().values("pk")
    cases = cases.annotate(
        told_at=_moved_letters(),
        measures_named=_measures(),
        joint_named=_joint(),
        joint_waiting=_joint(agrees__isnull=True),
        joint_against=_joint(agrees=False),
        marks=_marks(),
        letters=UpTo(letters),
        letters_missing=UpTo(post.undelivered(letters)),
    )
    return get_object_or_404(cases.prefetch_related(Prefetch("hearings", sheets)), number=number)


def _moved_letters() -> Subquery:
    """When the last letter of a move was written that has left, or is leaving."""
    gone = [OutgoingMail.State.SENT, OutgoingMail.State.SENDING]
    tell = Q(key__contains=":moved:") | Q(key__contains=":handed-on:")
    letters = OutgoingMail.objects.filter(tell, about=OuterRef("number"), state__in=gone)
    return Subquery(letters.order_by("-created_at").values("created_at")[:1])


def _joint(**which) -> Subquery:
    """The sections in joint charge of a case, by name."""
    held = JointSection.objects.filter(proposal=OuterRef("pk"), **which).order_by().values("proposal")
    return Subquery(held.annotate(names=Together("department__name")).values("names"))


def _measures() -> Subquery:
    """The 重点施策・基本姿勢 of a case, by name."""
    links = Proposal.measures.through.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return Subquery(links.annotate(names=Together("measure__name")).values("names"))


def _marks() -> Subquery:
    """The 見立て of a case, for `readings.marks_of`."""
    read = Assessment.objects.filter(proposal=OuterRef("pk"))
    return rows_of(read, "pk", "viewpoint", "level", "comment", "reader", "reader__name")


# --- 状況帯・六つの段階 --------------------------------------------------------


def strip(row: Row) -> dict:
    """Step, turn, since and until, for `parts/_status_strip.html`."""
    case, is_open = row.case, row.case.is_open
    return {
        "step_label": "段階",
        "step": case.get_step_display(),
        "holder": case.holder,
        "turn": row.turn or NOBODY,
        "since": f"{short_date(case.holder_since_on if is_open else case.step_entered_on)}から",
        "since_note": f"{row.held_days}開庁日" if is_open else "",
        "until": row.due.words if is_open else "―",
        "until_note": row.due.note if is_open else "",
        "late": is_open and row.due.is_late,
    }


def stages(case: Proposal, days: dict[str, StepDays]) -> list[dict]:
    """The six steps with their days, and who had the case meanwhile, for `parts/_stepper.html`."""
    return [_stage(case, days, number, step) for number, step in enumerate(SIX_STEPS, start=1)]


def _stage(case: Proposal, days: dict[str, StepDays], number: int, step: Step) -> dict:
    spent, state = days.get(step), _state(case, days, number, step)
    return {
        "number": number,
        "name": step.label[1:],
        "state": state,
        "mark": "終" if state == "left" else "",
        "dates": f"{short_date(spent.entered_on)}から" if spent else "",
        "days": f"{spent.open_days}日" if spent else "",
        "note": case.get_step_display() if state == "left" else _split(spent),
    }


def _state(case: Proposal, days: dict[str, StepDays], number: int, step: Step) -> str:
    if case.step_number:
        return "done" if number < case.step_number else "now" if number == case.step_number else "later"
    if case.step in (*LEFT_EARLY, Step.MERGED):
        last = max(days, key=lambda name: days[name].entered_on, default="")
        return "left" if step == last else "done" if step in days else "later"
    return "done"


def _split(spent: StepDays | None) -> str:
    held = spent.by_holder.items() if spent else ()
    return "　".join(f"{SHAPES[holder]} {days}" for holder, days in held if days)


# --- この案件 ----------------------------------------------------------------


def facts(case: Proposal, today: Today, how: str = "") -> list[dict]:
    """The days and people of a case; what the old ledger does not hold says so."""
    gone = NOT_TOLD if case.origin == Origin.LEDGER else ""
    started = wareki(case.coordination_started_on) or gone or "まだ"
    lead = case.department or gone or ("④で決めます" if case.is_open else "決まっていません")
    pairs = [
        ("団体", case.organization.name, case.organization.get_kind_display()),
        ("区分", case.get_track_display(), f"{case.get_origin_display()}から"),
        ("初回相談日", wareki(case.first_contact_on), how),
        ("受付日", wareki(case.received_on) or (gone if case.is_proposal else "相談のまま"), ""),
        ("庁内調整開始", started, _wait(case, today)),
        ("所管課", str(lead), ""),
        ("案件の種類", case.get_category_display(), ""),
        ("担当", str(case.officer or gone or "決めていません"), ""),
        ("判断", case.get_verdict_display(), wareki(case.verdict_on)),
        ("お知らせ", *_announced(case)),
        ("案件化日", wareki(case.adopted_on), ""),
        ("次の窓口", case.next_place, ""),
        ("まとめ先", str(case.merged_into or ""), ""),
        ("確認番号", "" if gone else _let_in(case), ""),
    ]
    return [{"term": term, "value": value, "note": note} for term, value, note in pairs if value]


def _wait(case: Proposal, today: Today) -> str:
    if not case.coordination_started_on:
        return ""
    days = calendar.count_open_days(case.first_contact_on, case.coordination_started_on, today.closed)
    return f"初回相談から{days}開庁日"


def _announced(case: Proposal) -> tuple[str, str]:
    if case.is_to_announce:
        return "まだです", "提案者には見えていません"
    is_by_ledger = case.origin == Origin.LEDGER and case.announced_on == case.verdict_on
    return wareki(case.announced_on), "台帳の判断の日" if is_by_ledger else ""


def _let_in(case: Proposal) -> str:
    return f"{case.let_in}人が提案者のページを見られます" if case.let_in else "渡していません"


def contact(case: Proposal) -> list[dict]:
    """Whom to call; erased or never told, nothing is shown."""
    person = getattr(case, "contact", None)
    if person is None:
        return []
    pairs = (
        ("部署", person.section),
        ("担当者", f"{person.name}（{person.kana}）" if person.kana else person.name),
        ("電話", person.phone),
        ("メール", person.email),
        ("連絡方法", "、".join(person.ways)),
        ("配慮", person.consideration),
    )
    return [{"term": term, "value": value} for term, value in pairs if value]

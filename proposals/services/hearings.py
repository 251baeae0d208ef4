"""③ 関係課ヒアリング: the sheet to a section, its answer, and sheets no longer waited for."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access, closures
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Hearing, Proposal
from proposals.services.recording import note_fact, start_coordination
from proposals.workflow import Kind, Step

ASKED_AT = [Step.SORTING, Step.HEARING, Step.MATCHING]
OPEN_DAYS_TO_ANSWER = 7
Answer = Hearing.Answer


@transaction.atomic
def ask(
    proposal: Proposal,
    department: Department,
    *,
    by,
    reason: str,
    request: str = Hearing.Request.TELL,
    due_on: date | None = None,
    version: int | None = None,
) -> Hearing:
    """Send a つなぐシート to a section; the first one starts the coordination inside the city hall (t2).

    Refuses: anybody but the desk, a step other than ②–④, a section already asked and not yet answered,
    a past due date, no reason for connecting.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    return _send(proposal, department, posting=posting, reason=reason, request=request, due_on=due_on)


@transaction.atomic
def ask_all(
    proposal: Proposal, departments: list[Department], *, by, version: int | None = None, **sheet
) -> list[Hearing]:
    """Send the same つなぐシート to several sections at once, or to none; refuses what `ask` refuses."""
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    return [_send(proposal, department, posting=posting, **sheet) for department in departments]


def _send(proposal, department, *, posting, reason, request, due_on=None) -> Hearing:
    today = timezone.localdate()
    due_on = due_on or closures.due_after(today, OPEN_DAYS_TO_ANSWER)
    _check_sheet(proposal, department, reason=reason, due_on=due_on, today=today)
    hearing = Hearing.objects.create(
        proposal=proposal,
        department=department,
        request=request,
        reason=reason.strip(),
        asked_by=posting.user,
        asked_on=today,
        due_on=due_on,
    )
    note_fact(proposal, Kind.ASKED, actor=posting, department=department, text=reason)
    start_coordination(proposal, actor=posting, on=today)
    mail.queue_sheet(hearing)
    return hearing


def _check_sheet(proposal, department, *, reason, due_on, today) -> None:
    if proposal.step not in ASKED_AT:
        raise NotAllowed("つなぐシートは、②内容整理から④マッチング・調整のあいだに送れます。")
    if not reason.strip():
        raise NotAllowed("つなぐ理由を書いてください。同じ説明を繰り返さずに済みます。")
    if due_on < today:
        raise NotAllowed("返事の期限は、今日より後の日にしてください。")
    if proposal.hearings.open().filter(department=department).exists():
        raise NotAllowed(f"{department}には、もう尋ねています。返事を待っています。")


@transaction.atomic
def answer(
    hearing: Hearing,
    *,
    by,
    answer: str,
    text: str = "",
    possible_when: str = "",
    own_trouble: str = "",
    pass_to: Department | None = None,
) -> Hearing:
    """Record a section's answer; 「担当外」 alone is impossible: another section is named and asked at once.

    Refuses: people outside the section, a closed case, a sheet answered or waived before, 条件付き without
    its conditions, 他課へ without the section, いまは難しい without reason and when.
    """
    posting = access.require(by, Role.MEMBER, Role.HEAD, department=hearing.department)
    proposal = lock(hearing.proposal)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if not proposal.is_open:
        raise NotAllowed("この案件は終わっています。お返事は要りません。")
    _check_answer(hearing, answer=answer, text=text, possible_when=possible_when, pass_to=pass_to)
    hearing.answer, hearing.answer_text = answer, text.strip()
    hearing.possible_when, hearing.own_trouble = possible_when.strip(), own_trouble.strip()
    hearing.answered_by, hearing.answered_on = by, timezone.localdate()
    hearing.save()
    if answer == Answer.OTHER:
        hearing.passed_to = _pass_on(hearing, proposal, pass_to, posting=posting, text=text)
        hearing.save(update_fields=["passed_to"])
    note_fact(
        proposal,
        Kind.ANSWERED,
        actor=posting,
        department=hearing.department,
        text=text,
        data={"answer": answer},
    )
    return hearing


def _check_answer(hearing, *, answer, text, possible_when, pass_to) -> None:
    if not hearing.is_open:
        raise NotAllowed("このつなぐシートには、もう返事があります。画面を開き直してください。")
    if answer not in Answer.values:
        raise NotAllowed("返事を1つ選んでください。")
    if answer == Answer.IF and not text.strip():
        raise NotAllowed("どんな条件がそろえばよいかを書いてください。")
    if answer == Answer.HARD and not (text.strip() and possible_when.strip()):
        raise NotAllowed("「いまは難しい」には、理由と「いつなら」を書いてください。")
    if answer == Answer.OTHER and (pass_to is None or pass_to == hearing.department):
        raise NotAllowed("回す先の課を選んでください。「担当外」だけのお返事はできません。")


def _pass_on(hearing, proposal, department, *, posting, text) -> Hearing:
    waiting = proposal.hearings.open().filter(department=department).first()
    return waiting or _send(
        proposal,
        department,
        posting=posting,
        reason=text.strip() or f"{hearing.department}から回りました。{hearing.reason}",
        request=hearing.request,
    )


@transaction.atomic
def waive(hearing: Hearing, *, by, reason: str) -> None:
    """Stop waiting for a section's answer; refuses without a reason, and a sheet answered before."""
    posting = access.require(by, Role.DESK)
    proposal = lock(hearing.proposal)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if not reason.strip():
        raise NotAllowed("返事を待たない理由を書いてください。")
    if not hearing.is_open:
        raise NotAllowed("このつなぐシートには、もう返事があります。画面を開き直してください。")
    hearing.waived_on, hearing.waived_reason = timezone.localdate(), reason.strip()
    hearing.save()
    note_fact(proposal, Kind.WAIVED, actor=posting, department=hearing.department, text=reason)

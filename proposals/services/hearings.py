"""③ 関係課ヒアリング: the sheet to a section, its answer, and sheets no longer waited for."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access, closures
from cityhall.models import Department, Record, Role
from cityhall.refusal import NotAllowed
from cityhall.text import is_blank
from cityhall.workflow import lock
from proposals import mail
from proposals.fitting import memory
from proposals.models import Hearing, Proposal
from proposals.services.recording import note_fact, start_coordination
from proposals.topics import topics_of
from proposals.workflow import Kind, Step

ASKED_AT = [Step.SORTING, Step.HEARING, Step.MATCHING]
CONSOLIDATED_AT = [*ASKED_AT, Step.LOGIC_MODEL]  # an answer may come late
OPEN_DAYS_TO_ANSWER = 7
LONGEST_REASON = Hearing._meta.get_field("reason").max_length
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
    **more,
) -> Hearing:
    """Send a つなぐシート to a section; the first one starts the coordination inside the city hall (t2).

    Refuses: anybody but the desk, a step other than ②–④, a section already asked and not yet answered,
    a past due date, no reason for connecting. `more` are `topics` and `care`, as for `ask_all`.
    """
    sheet = {"department": department, "reason": reason, "request": request, "due_on": due_on}
    return ask_all(proposal, [sheet], by=by, version=version, **more)[0]


@transaction.atomic
def ask_all(
    proposal: Proposal,
    sheets: list[dict],
    *,
    by,
    topics: Iterable[str] = (),
    care: str = "",
    version: int | None = None,
) -> list[Hearing]:
    """Send sheets to several sections at once, each its own, or to none; refuses what `ask` refuses.

    A sheet names its `department`, `reason`, `request` and `due_on`; `topics` and `care` are those of all.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    alike = {"posting": posting, "topics": topics, "care": care}
    return [_send(proposal, **sheet, **alike) for sheet in sheets]


def _send(proposal, department, *, posting, reason, request, due_on=None, topics=None, care="") -> Hearing:
    today = timezone.localdate()
    due_on = due_on or closures.due_after(today, OPEN_DAYS_TO_ANSWER)
    _check_sheet(proposal, department, reason=reason, due_on=due_on, today=today)
    hearing = Hearing.objects.create(
        proposal=proposal,
        department=department,
        request=request,
        reason=reason.strip(),
        topics=list(topics) if topics else topics_of(proposal.fields),
        care=care.strip(),
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
    tellable: str = Hearing.Telling.DESK,
    next_step: str = "",
    next_when: str = "",
    drafted_by=None,
) -> Hearing:
    """Record a section's answer; 「担当外」 alone is impossible: another section is named and asked at once.

    Refuses: all but a head of the section, a closed case, a sheet answered or waived before, 条件付き without
    its conditions, 他課へ without the section, いまは難しい without reason and when.
    """
    posting = access.require(by, Role.HEAD, department=hearing.department)
    proposal = lock(hearing.proposal)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if not proposal.is_open:
        raise NotAllowed("この案件は終わっています。お返事は要りません。")
    _check_answer(hearing, answer=answer, text=text, possible_when=possible_when, pass_to=pass_to)
    if tellable not in Hearing.Telling:
        raise NotAllowed("提案者に伝えてよい範囲を選んでください。")
    hearing.answer, hearing.answer_text = answer, text.strip()
    hearing.possible_when, hearing.own_trouble = possible_when.strip(), own_trouble.strip()
    hearing.tellable, hearing.next_step, hearing.next_when = tellable, next_step.strip(), next_when.strip()
    hearing.drafted_by, hearing.answered_by, hearing.answered_on = drafted_by or by, by, timezone.localdate()
    hearing.save()
    if answer == Answer.OTHER:
        hearing.passed_to = _pass_on(hearing, proposal, pass_to, posting=posting, text=text)
        hearing.save(update_fields=["passed_to"])
    _note(proposal, Kind.ANSWERED, hearing, posting, text=text, answer=answer)
    for earlier in hearing.passed_from.select_related("department", "proposal"):
        mail.queue_came_back(earlier, hearing)
    return hearing


def _note(proposal, kind, hearing, posting, *, text, **data) -> Record:
    data = {"sheet": hearing.pk, **data}
    memory.forget()
    return note_fact(proposal, kind, actor=posting, department=hearing.department, text=text, data=data)


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
        reason=text.strip() or f"{hearing.department}から回りました。{hearing.reason}"[:LONGEST_REASON],
        request=hearing.request,
        topics=hearing.topics,
        care=hearing.care,
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


@transaction.atomic
def take_back(hearing: Hearing, *, by) -> None:
    """Open an answered sheet again, to have it rewritten; the old words stay in the record.

    Refuses: all but a head of the section, a sheet without an answer, a case that has left ④, a section
    that has been asked again meanwhile.
    """
    posting = access.require(by, Role.HEAD, department=hearing.department)
    proposal = lock(hearing.proposal)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    _check_taking_back(hearing, proposal)
    told = {"answer": hearing.answer, "answered_on": hearing.answered_on.isoformat()}
    told["text"] = in_words(hearing)
    for name in ("answer", "answer_text", "possible_when", "tellable", "next_step", "next_when"):
        setattr(hearing, name, "")
    hearing.answered_by = hearing.answered_on = hearing.drafted_by = hearing.passed_to = None
    hearing.save()
    _note(proposal, Kind.TAKEN_BACK, hearing, posting, **told)


def _check_taking_back(hearing, proposal) -> None:
    if not hearing.answer:
        raise NotAllowed("このつなぐシートには、書き直す返事がありません。画面を開き直してください。")
    if proposal.step not in ASKED_AT:
        raise NotAllowed("返事を書き直せるのは、案件が④マッチング・調整を出るまでです。")
    if proposal.hearings.open().filter(department=hearing.department).exists():
        raise NotAllowed(
            f"{hearing.department}には、新しいつなぐシートが届いています。そちらに返事を書いてください。"
        )


def in_words(hearing: Hearing) -> str:
    """An answer as one text, for the record that keeps it."""
    to = f"（{hearing.passed_to.department}）" if hearing.passed_to else ""
    lines = [
        ("", hearing.get_answer_display() + to),
        ("", hearing.answer_text),
        ("いつなら：", hearing.possible_when),
        ("伝えてよい範囲：", hearing.get_tellable_display()),
        ("次の一歩：", "　".join(filter(None, [hearing.next_step, hearing.next_when]))),
    ]
    return "\n".join(label + words for label, words in lines if words)


@transaction.atomic
def consolidate(proposal: Proposal, *, by, text: str, version: int | None = None) -> Record:
    """Put the sections' answers together in the desk's words, and tell the sections that it has.

    Refuses: anybody but the desk, no words, no answer to put together, one that is still out, a step
    other than ②–⑤.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    sheets = list(proposal.hearings.select_related("department", "proposal"))
    answered = [sheet for sheet in sheets if sheet.answer]
    if proposal.step not in CONSOLIDATED_AT:
        raise NotAllowed("返事のまとめは、②内容整理から⑤試行ロジックモデル作成のあいだに書けます。")
    if is_blank(text):
        raise NotAllowed("まとめの言葉を書いてください。課と⑥の判断の画面に出ます。")
    if any(sheet.is_open for sheet in sheets) or not answered:
        raise NotAllowed("返事がそろってから、まとめてください。それまでは、課どうしの返事は見えません。")
    record = note_fact(proposal, Kind.CONSOLIDATED, actor=posting, text=text.strip())
    for sheet in answered:
        mail.queue_consolidated(sheet, record.sequence)
    return record

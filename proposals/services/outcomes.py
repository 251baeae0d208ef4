"""どうなったか: what came of an introduction, what follows from it, and how a wrong word is put right."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.templatetags.zama import short_date
from cityhall.text import is_blank
from proposals import mail
from proposals.models import Introduction, Proposal, ProposalRecord
from proposals.services import encounters, todos
from proposals.services.introductions import TOLD, call_off, locked, parties, save
from proposals.services.recording import correct, note_fact
from proposals.workflow import Kind

Result = Introduction.Result


@transaction.atomic
def tell_result(
    introduction: Introduction,
    *,
    by,
    version: int,
    result: str,
    text: str,
    met_how: str = "",
    next_step: str = "",
    next_on: date | None = None,
    owner=None,
) -> Introduction:
    """Write down what came of it; the next step becomes a すること, and a meeting with the city a contact.

    Refuses anybody but the desk, a stale page, a result told before, no words, 続く without a next step, and
    a meeting before its day. One that was called off is told to all who were asked.
    """
    posting = access.require(by, Role.DESK)
    case, introduction = locked(introduction, version)
    if introduction.result:
        raise NotAllowed(TOLD)
    _take(introduction, result, text, met_how, next_step, next_on)
    save(introduction)
    note_fact(
        case, Kind.INTRODUCED, actor=posting, text=outcome_in_words(introduction), data=_data(introduction)
    )
    _follow(case, introduction, by, met_how, owner)
    if result == Result.NOT_MET:
        call_off(introduction, *parties(introduction))
        if introduction.on >= timezone.localdate():
            mail.queue_called_off_for_proposer(introduction)
    return introduction


def _take(introduction: Introduction, result, text, met_how, next_step, next_on) -> None:
    """The result into the introduction, not saved; refuses what is not said."""
    today, is_met = timezone.localdate(), result not in ("", Result.NOT_MET)
    if result not in Result:
        raise NotAllowed("どうなったかを選んでください。")
    if is_blank(text):
        raise NotAllowed("話したこと、会わなかったわけを書いてください。1文で構いません。")
    if result == Result.GOES_ON and is_blank(next_step):
        raise NotAllowed("「続く」には、次の一歩（だれが、何を）が必要です。")
    if is_met and introduction.on > today:
        raise NotAllowed(f"会う日は{short_date(introduction.on)}です。会ってから書いてください。")
    if met_how and not is_met:
        raise NotAllowed("会わなかったときは、接触の記録には数えません。")
    introduction.result, introduction.result_text, introduction.result_on = result, text.strip(), today
    introduction.next_step, introduction.next_on = next_step.strip(), next_on


def outcome_in_words(introduction: Introduction) -> str:
    """What came of it, for the record."""
    due = f"（{short_date(introduction.next_on)}まで）" if introduction.next_on else ""
    pairs = (
        ("どうなったか", introduction.get_result_display()),
        ("話したこと・わけ", introduction.result_text),
        ("次の一歩", introduction.next_step and f"{introduction.next_step}{due}"),
    )
    return "\n".join(f"{term}：{value}" for term, value in pairs if value)


def _data(introduction: Introduction) -> dict:
    return {"introduction": introduction.pk, "how": "result", "result": introduction.result}


def _follow(case: Proposal, introduction: Introduction, by, met_how: str, owner) -> None:
    """The next step to somebody's list; the meeting to the contacts, where the city met the proposer."""
    mark = f"introduction:{introduction.pk}:{introduction.version}"
    if introduction.next_step and case.is_open:
        told = {"due_on": introduction.next_on, "owner": owner}
        todos.add(case, by=by, text=introduction.next_step, key=mark, **told)
    if met_how:
        told = {"kind": met_how, "on": introduction.on, "text": f"引き合わせ：{introduction.result_text}"}
        encounters.note_encounter(case, by=by, key=mark, **told)


@transaction.atomic
def correct_result(
    introduction: Introduction,
    *,
    by,
    version: int,
    reason: str,
    result: str,
    text: str = "",
    met_how: str = "",
    next_step: str = "",
    next_on: date | None = None,
    owner=None,
) -> Introduction:
    """Put a right result in the place of a wrong one, or none (""); the wrong one stays in the trail.

    Refuses anybody but the desk, a stale page, no reason, one without a result, and what `tell_result` does.
    """
    posting = access.require(by, Role.DESK)
    case, introduction = locked(introduction, version)
    if not introduction.result:
        raise NotAllowed("この引き合わせには、まだ結果がありません。")
    if is_blank(reason):
        raise NotAllowed("結果を直すわけを書いてください。記録に残ります。")
    if result:
        _take(introduction, result, text, met_how, next_step, next_on)
    else:
        introduction.result = introduction.result_text = introduction.next_step = ""
        introduction.result_on = introduction.next_on = None
    wrong = _last_result(case, introduction)
    words = outcome_in_words(introduction) if result else "まだ結果はありません"
    today = timezone.localdate()
    correct(wrong, actor=posting, on=today, reason=f"{reason.strip()}\n{words}", data=_data(introduction))
    _take_back(case, introduction, posting, reason)
    save(introduction)
    _follow(case, introduction, by, met_how, owner)
    return introduction


def _last_result(case: Proposal, introduction: Introduction) -> ProposalRecord:
    told = case.records.effective().filter(kind=Kind.INTRODUCED, data__introduction=introduction.pk)
    return told.filter(data__how="result").order_by("sequence").last()


def _take_back(case: Proposal, introduction: Introduction, posting, reason: str) -> None:
    """What followed from the wrong result: its thing to do is settled, its contact counts no more."""
    mark = f"introduction:{introduction.pk}:{introduction.version}"
    for todo in case.todos.open().filter(key=mark):
        todos.finish(todo, by=posting.user)
    for contact in case.records.effective().filter(kind=Kind.CONTACT, data__key=mark):
        data = {"introduction": introduction.pk, "how": "contact"}
        correct(contact, actor=posting, on=contact.on, reason=reason, kind=Kind.INTRODUCED, data=data)

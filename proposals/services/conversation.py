"""Desk and proposer write to each other: questions that wait for an answer, news, replies."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access, closures
from cityhall.models import ActedAs, Department, Role
from cityhall.refusal import NotAllowed
from cityhall.text import is_blank
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Message, Proposal
from proposals.services.announcing import refuse_unread
from proposals.services.attachments import attach_to_message
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import Kind

OPEN_DAYS_TO_REPLY = 5
LONGEST = Message._meta.get_field("text").max_length
Side = Message.Side
HELD = "先に、迷惑投稿でないことを確かめてください。確かめるまで、提案者へは書けません。"
ALREADY = (
    "この画面からは、もう別の文を送っています。書き直した文も送るときは、もう一度ボタンを押してください。"
)


@transaction.atomic
def ask(
    proposal: Proposal,
    *,
    by,
    text: str,
    key: str,
    due_on: date | None = None,
    department: Department | None = None,
    version: int | None = None,
) -> Message:
    """Put a question to the proposer, whose turn it is until they reply; once for its key.

    `department` is the section whose question it is, if the proposer may know. Refuses: anybody but the
    desk, no text, a past due date, a closed case, a held one, other words under the same key.
    """
    posting = access.require(by, Role.DESK)
    today = timezone.localdate()
    case = lock(proposal)
    if sent := _sent_before(case, key, text):
        return sent
    lock_unmerged(case, version=version)
    if not case.is_open:
        raise NotAllowed("この案件は終わっています。お尋ねはできません。連絡として書いてください。")
    if due_on and due_on < today:
        raise NotAllowed("返事の期限は、今日より後の日にしてください。")
    message = _write(
        case,
        Kind.QUESTION,
        actor=posting,
        text=text,
        key=key,
        department=department,
        asks=True,
        due_on=due_on or closures.due_after(today, OPEN_DAYS_TO_REPLY),
    )
    mail.queue_question(message)
    return message


@transaction.atomic
def tell(proposal: Proposal, *, by, text: str, key: str, is_settled: bool = False) -> Message:
    """Tell the proposer how things go, also after the end; once for its key. Nobody has to answer.

    `is_settled`: what was asked has been answered some other way (a call, a visit) and waits no longer.
    Refuses: anybody but the desk, no text, a held case, other words under the same key.
    """
    posting = access.require(by, Role.DESK)
    case = lock(proposal)
    if sent := _sent_before(case, key, text):
        return sent
    if is_settled:
        _settle(case)
    message = _write(case, Kind.MESSAGE, actor=posting, text=text, key=key)
    mail.queue_told(message)
    return message


@transaction.atomic
def reply(
    proposal: Proposal, *, text: str, key: str, papers=(), seen: int | None = None, letter: int | None = None
) -> Message:
    """Take in what the proposer writes, also unasked and after the end; once for its key, once in a row.

    It answers the questions the proposer had `seen` (up to that message; all of them if not given), so
    that none asked meanwhile is lost. `papers` are files as uploaded. Refuses neither text nor paper, papers
    that `attachments` refuses, other words under the same key, and a page drawn before the newest `letter`.
    """
    case = lock(proposal)
    if sent := _sent_before(case, key, text) or (None if papers else _said_last(case, text)):
        return sent
    refuse_unread(case, letter)
    if is_blank(text) and not papers:
        raise NotAllowed("お返事を書くか、書類を添えてください。")
    _settle(case, up_to=seen)
    message = _write(case, Kind.REPLY, actor=ActedAs.PROPOSER, text=text, key=key)
    attach_to_message(message, papers)
    mail.queue_reply_for_desk(message)
    return message


def _sent_before(case: Proposal, key: str, text: str) -> Message | None:
    """The message of this key; refuses words changed since, which would else be lost unseen."""
    sent = Message.objects.filter(key=key).first()
    if sent and (sent.proposal_id, sent.text) != (case.pk, text.strip()):
        raise NotAllowed(ALREADY)
    return sent


def _said_last(case: Proposal, text: str) -> Message | None:
    """The proposer's very words as the newest message, with nothing left to answer.

    They come a second time from a page that the back button drew anew, with another key.
    """
    last = case.messages.last()
    is_same = last and last.side == Side.PROPOSER and last.text == text.strip() != ""
    return last if is_same and not case.messages.open_questions().exists() else None


def _settle(case: Proposal, *, up_to: int | None = None) -> None:
    """The questions asked so far (up to a message) wait no longer."""
    waiting = case.messages.open_questions()
    if up_to is not None:
        waiting = waiting.filter(pk__lte=up_to)
    waiting.update(answered_at=timezone.now())


def _write(case: Proposal, kind: Kind, *, actor, text: str, key: str, department=None, **columns) -> Message:
    """Store the words, then the record that tells of them: whose turn it is follows from the questions."""
    is_ours = actor is not ActedAs.PROPOSER
    _check(case, text, is_ours=is_ours)
    message = Message.objects.create(
        proposal=case,
        key=key,
        side=Side.DESK if is_ours else Side.PROPOSER,
        by=actor.user if is_ours else None,
        text=text.strip(),
        department=department,
        **columns,
    )
    note_fact(case, kind, actor=actor, department=department, data={"message": message.pk})
    return message


def _check(case: Proposal, text: str, *, is_ours: bool) -> None:
    if is_ours and case.is_held:
        raise NotAllowed(HELD)
    if is_ours and is_blank(text):
        raise NotAllowed("提案者へ伝える文を書いてください。")
    if len(text.strip()) > LONGEST:
        raise NotAllowed(f"{LONGEST:,}字までで書いてください（いま {len(text.strip()):,}字）。")

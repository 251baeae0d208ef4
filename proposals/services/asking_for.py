"""What a section wants to know of the proposer: wished for here, put by the desk, or answered by it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.text import is_blank
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Hearing, Message, SectionQuestion
from proposals.services import conversation

LONGEST = SectionQuestion._meta.get_field("text").max_length


@transaction.atomic
def wish(hearing: Hearing, *, by, text: str, may_name: bool = False) -> SectionQuestion:
    """Write down a section's question for the desk to put to the proposer.

    Refuses: people outside the section, no text, a closed case, a sheet answered or waived, the same words
    while the desk has not acted on them.
    """
    access.require(by, Role.MEMBER, Role.HEAD, department=hearing.department)
    hearing = Hearing.objects.select_for_update(of=["self"]).select_related("proposal").get(pk=hearing.pk)
    if is_blank(text) or len(text.strip()) > LONGEST:
        raise NotAllowed(f"提案者に尋ねたいことを、{LONGEST}字までで書いてください。")
    if not (hearing.is_open and hearing.proposal.is_open):
        raise NotAllowed("このつなぐシートは、もう閉じています。尋ねたいことは、窓口へお知らせください。")
    said = {"text": text.strip(), "message": None, "told_at": None}
    if known := hearing.questions.filter(**said).first():
        return known
    question = hearing.questions.create(text=text.strip(), may_name=may_name, asked_by=by)
    mail.queue_question_for_desk(question)
    return question


@transaction.atomic
def put(
    question: SectionQuestion, *, by, text: str, due_on: date | None = None, version: int | None = None
) -> Message:
    """Put a section's question to the proposer, in words the desk may have smoothed; the section's days rest.

    Its name is told only where it may be. Refuses what `conversation.ask` refuses, and one seen to before.
    """
    question = _open(question, by=by)
    sheet = question.hearing
    message = conversation.ask(
        sheet.proposal,
        by=by,
        text=text,
        key=f"section-question-{question.pk}",
        due_on=due_on,
        department=sheet.department if question.may_name else None,
        version=version,
    )
    question.message = message
    question.save(update_fields=["message"])
    mail.queue_question_told(question)
    return message


@transaction.atomic
def tell(question: SectionQuestion, *, by, text: str) -> None:
    """Answer a section's question from the desk itself; refuses without words, and one seen to before."""
    question = _open(question, by=by)
    if is_blank(text):
        raise NotAllowed("課への答えを書いてください。")
    question.told, question.told_at = text.strip(), timezone.now()
    question.save(update_fields=["told", "told_at"])
    mail.queue_question_told(question)


def _open(question: SectionQuestion, *, by) -> SectionQuestion:
    access.require(by, Role.DESK)
    lock(question.hearing.proposal)
    now = SectionQuestion.objects.select_for_update(of=["self"])
    now = now.select_related("hearing__proposal", "hearing__department").get(pk=question.pk)
    if not now.is_open:
        raise NotAllowed("このお尋ねには、ほかの人がもう応えています。画面を開き直してください。")
    return now

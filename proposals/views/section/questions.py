"""What a section wanted to know of the proposer, and what came back; the other talk stays at the desk."""

from cityhall import access
from cityhall.models import Role
from proposals.models import Message, Proposal


def questions(user, proposal: Proposal) -> list[dict]:
    """The questions put in the name of this person's sections, newest first; of other sections none."""
    sections = access.departments_of(user, Role.MEMBER, Role.HEAD)
    if not sections:
        return []
    talk = list(proposal.messages.order_by("pk").select_related("department"))
    own = [message for message in talk if message.asks and message.department in sections]
    return [{"question": message, "answer": _answer(message, talk)} for message in reversed(own)]


def _answer(question: Message, talk: list[Message]) -> Message | None:
    """The message that ended the waiting: a reply, or what the desk wrote down of a call."""
    if question.answered_at is None:
        return None
    later = (m for m in talk if m.pk > question.pk and m.sent_at >= question.answered_at)
    return next(later, None)

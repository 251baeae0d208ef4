"""やりとり・添付資料: what desk and proposer wrote to each other, and the papers that came with it."""

from collections.abc import Iterable

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from cityhall.models import OutgoingMail
from proposals.desk.links import case_url
from proposals.models import Attachment, Message, Proposal
from proposals.views.section.days import Today
from proposals.workflow import Kind

SHOWN = 5
Side, State = Message.Side, OutgoingMail.State
NEWS = {
    Kind.REPLY: "から返事が届きました",
    Kind.REVISED: "が提案を書き直しました",
    Kind.VERDICT: "が提案を取り下げました",
}


def talk(case: Proposal, today: Today, papers: Iterable[Attachment], messages: Iterable[Message]) -> dict:
    """The conversation, newest first: what is shown at once, and what was written before it."""
    lines = [_line(message, case, today, papers) for message in messages]
    return {"count": len(lines), "lines": lines[:SHOWN], "earlier": lines[SHOWN:], "words": _in_words(lines)}


def messages_of(case: Proposal) -> list[Message]:
    """All that was written, newest first, with the state of its letter, whose key is made of its own."""
    key = Concat(Value(f"{case.number}:message:"), Cast(OuterRef("pk"), CharField()))
    letter = OutgoingMail.objects.filter(key=key).values("state")[:1]
    found = case.messages.order_by("-pk").select_related("by", "department", "wished__hearing")
    return list(found.annotate(letter=Subquery(letter)))


def _line(message: Message, case: Proposal, today: Today, papers: Iterable[Attachment]) -> dict:
    waits = message.asks and not message.answered_at and case.is_open
    return {
        "message": message,
        "is_ours": message.side == Side.DESK,
        "due": today.due(message.due_on) if waits else None,
        "letter": _delivery(message.letter) if message.side == Side.DESK else "",
        "is_lost": message.letter == State.FAILED,
        "papers": [paper for paper in papers if paper.message_id == message.pk],
    }


def _delivery(letter: str | None) -> str:
    return f"メール{State(letter).label}" if letter else "メールなし"


def _in_words(lines: list[dict]) -> str:
    """4通・返事を1つ待っています."""
    waiting = sum(1 for line in lines if line["due"])
    asked = f"返事を{waiting}つ待っています" if waiting else ""
    return "・".join(filter(None, [f"{len(lines)}通" if lines else "まだありません", asked]))


def papers_of(case: Proposal) -> list[Attachment]:
    """All papers of a case, oldest first, each with the version or the message it came with."""
    return list(case.attachments.with_words())


def arrival(case: Proposal) -> dict:
    """What a proposer has done that nobody at the desk has looked at, for the home."""
    place = "talk" if case.news == Kind.REPLY else "proposal" if case.news == Kind.REVISED else "record"
    return {"case": case, "words": NEWS[case.news], "url": case_url(case, place)}

"""Letters that ask once more for what is out: pressed by the desk at most once a day, or by themselves."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, queue, sheet_page, to_section
from proposals.models import Hearing, Message
from proposals.waiting import AFTER, Waiting

OF_DUE_DAYS, PRESSED = ":due:", ":remind:sheet:"


def due_key(one: Waiting, kind: str) -> str:
    """A letter's key: what waits, the kind of letter, and the due day, so that a day moved is told anew."""
    return f"{one.case.number}:{_key(one, kind)}"


def pressed_key(one: Waiting, today: date) -> str:
    """The key of what the desk wrote about a sheet on its own on that day."""
    return f"{one.case.number}:remind:{one.key}:{today}"


def _key(one: Waiting, kind: str) -> str:
    return f"due:{one.key}:{kind}:{one.due_on}"


def queue_due(one: Waiting, kind: str) -> OutgoingMail | None:
    """Something waits for a section and its day is near, or past."""
    is_late = kind == AFTER
    what = "の期限が過ぎています" if is_late else "の期限が近づいています"
    return to_section(
        one.case,
        one.department,
        _key(one, kind),
        subject=f"{one.what}{what}",
        template="due",
        page=one.page,
        is_for_heads=one.is_for_heads,
        said={"one": one, "is_late": is_late},
    )


def queue_reminder_for_section(hearing: Hearing) -> OutgoingMail | None:
    """A section has not answered its つなぐシート yet."""
    return to_section(
        hearing.proposal,
        hearing.department,
        f"remind:sheet:{hearing.pk}:{timezone.localdate()}",
        subject="つなぐシートのお返事をお待ちしています",
        template="remind_section",
        page=sheet_page(hearing),
        said={"hearing": hearing},
    )


def queue_reminder(message: Message) -> OutgoingMail | None:
    """The proposer has not answered a question yet."""
    case = message.proposal
    contact = getattr(case, "contact", None)
    return queue(
        case,
        f"remind:message:{message.pk}:{timezone.localdate()}",
        to=contact.email if contact else "",
        subject=f"【{office()['city']}】お返事をお待ちしています",
        template="remind",
        said={"message": message, "url": address(reverse("public:receipt"))},
    )

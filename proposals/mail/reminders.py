"""Letters that ask once more for an answer that is out; at most one a day for each question."""

from django.urls import reverse
from django.utils import timezone

from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, queue
from proposals.models import Hearing, Message


def queue_reminder_for_section(hearing: Hearing) -> OutgoingMail | None:
    """A section has not answered its つなぐシート yet."""
    return queue(
        hearing.proposal,
        f"remind:sheet:{hearing.pk}:{timezone.localdate()}",
        to=hearing.department.email,
        subject="【窓口】つなぐシートのお返事をお待ちしています",
        template="remind_section",
        said={"hearing": hearing, "url": address(reverse("section:home"))},
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

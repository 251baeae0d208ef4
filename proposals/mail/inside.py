"""Letters inside the city hall: to a section that is asked, to the desk when a proposer has acted."""

from django.conf import settings
from django.urls import reverse

from cityhall.models import OutgoingMail
from proposals.mail.letter import address, queue, round_of
from proposals.models import Hearing, Message, Proposal, Submission


def queue_sheet(hearing: Hearing) -> OutgoingMail | None:
    """Tell a section that a つなぐシート waits for it."""
    return queue(
        hearing.proposal,
        f"sheet:{hearing.pk}",
        to=hearing.department.email,
        subject="【窓口】つなぐシートが届いています",
        template="sheet",
        said={"hearing": hearing, "url": address(reverse("section:home"))},
    )


def queue_new_case_for_desk(proposal: Proposal) -> OutgoingMail | None:
    """A new case waits at ①; of a held one, which may be a nuisance, only the desk's home tells."""
    if proposal.is_held:
        return None
    return _to_desk(proposal, "new", f"新しい{proposal.get_track_display()}が届きました")


def queue_reply_for_desk(message: Message) -> OutgoingMail | None:
    """The proposer has written."""
    return _to_desk(message.proposal, f"message:{message.pk}", "提案者から返事が届きました")


def queue_revised_for_desk(proposal: Proposal, submission: Submission) -> OutgoingMail | None:
    """The proposer has rewritten the proposal."""
    return _to_desk(proposal, f"revised:{submission.version}", "提案が書き直されました")


def queue_withdrawn_for_desk(proposal: Proposal) -> OutgoingMail | None:
    """The proposer has withdrawn."""
    return _to_desk(proposal, f"withdrawn:{round_of(proposal)}", "提案者が取り下げました")


def _to_desk(proposal: Proposal, key: str, what: str) -> OutgoingMail | None:
    if not settings.DESK_EMAIL:
        return None
    page = reverse("admin:proposals_proposal_change", args=[proposal.number])
    return queue(
        proposal,
        f"desk:{key}",
        to=settings.DESK_EMAIL,
        subject=f"【窓口】{what}",
        template="desk",
        said={"what": what, "url": address(page)},
    )

"""The letters of a case: each names the case and why it was sent, and waits in the outbox."""

from django.template.loader import render_to_string

from cityhall import post
from cityhall.models import OutgoingMail
from proposals.models import Hearing, Proposal


def queue_receipt(proposal: Proposal) -> OutgoingMail | None:
    """Tell the proposer that the case has arrived; the code is never in a letter."""
    return post.queue(
        key=f"{proposal.number}:receipt",
        to=proposal.contact.email,
        subject=f"【座間市】受け付けました（{proposal.number}）",
        body=render_to_string("proposals/mail/receipt.txt", {"proposal": proposal}),
        about=proposal.number,
    )


def queue_sheet(hearing: Hearing) -> OutgoingMail | None:
    """Tell a section that a つなぐシート waits for it."""
    return post.queue(
        key=f"{hearing.proposal.number}:sheet:{hearing.pk}",
        to=hearing.department.email,
        subject=f"【窓口】つなぐシートが届いています（{hearing.proposal.number}）",
        body=render_to_string("proposals/mail/sheet.txt", {"hearing": hearing}),
        about=hearing.proposal.number,
    )

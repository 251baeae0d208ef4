"""Letters about what a section handed to the desk: that it came, and what became of it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cityhall import post
from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, plain, round_of
from proposals.models import Hint, Proposal


def queue_hint_for_desk(hint: Hint) -> OutgoingMail | None:
    """A section has heard something for the desk."""
    page = reverse("admin:proposals_proposal_hints")
    return _queue(hint, "new", settings.DESK_EMAIL, "庁内の課からの知らせが届きました", "hint_desk", page)


def queue_hint_for_section(hint: Hint) -> OutgoingMail | None:
    """The desk has taken it up, or answered it."""
    page = reverse("section:hints")
    return _queue(hint, "taken", hint.department.email, "つないでいただいた話のその後", "hint_section", page)


def queue_results_for_hints(proposal: Proposal) -> None:
    """A result has been told: whoever connected the case hears that it can be read."""
    for hint in proposal.hints.select_related("department"):
        key, page = f"result:{round_of(proposal)}", reverse("section:hints")
        _queue(hint, key, hint.department.email, "つないでいただいた話の結果", "hint_section", page)


def _queue(hint: Hint, key: str, to: str, subject: str, template: str, page: str) -> OutgoingMail | None:
    said = {"hint": hint, "site": office(), "url": address(page)}
    return post.queue(
        key=f"hint:{hint.pk}:{key}",
        to=to,
        subject=f"【窓口】{subject}",
        body=plain(render_to_string(f"proposals/mail/{template}.txt", said)),
        about=hint.proposal.number if hint.proposal else "",
    )

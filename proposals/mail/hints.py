"""Letters about what a section handed to the desk: that it came, and what became of it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cityhall import post, section_post
from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, plain, round_of
from proposals.models import Hint, Proposal


def queue_hint_for_desk(hint: Hint) -> OutgoingMail | None:
    """A section has heard something for the desk."""
    page = reverse("admin:proposals_proposal_hints")
    letter = _letter(hint, "new", "庁内の課からの知らせが届きました", "hint_desk", page)
    return post.queue(to=settings.DESK_EMAIL, **letter)


def queue_hint_for_section(hint: Hint) -> OutgoingMail | None:
    """The desk has taken it up, or answered it."""
    return _to_section(hint, "taken", "つないでいただいた話のその後")


def queue_results_for_hints(proposal: Proposal) -> None:
    """A result has been told: whoever connected the case hears that it can be read."""
    for hint in proposal.hints.select_related("department"):
        _to_section(hint, f"result:{round_of(proposal)}", "つないでいただいた話の結果")


def _to_section(hint: Hint, key: str, subject: str) -> OutgoingMail | None:
    page = reverse("section:hints")
    return section_post.queue(hint.department, page=page, **_letter(hint, key, subject, "hint_section", page))


def _letter(hint: Hint, key: str, subject: str, template: str, page: str) -> dict:
    said = {"hint": hint, "site": office(), "url": address(page)}
    return {
        "key": f"hint:{hint.pk}:{key}",
        "subject": f"【窓口】{subject}",
        "body": plain(render_to_string(f"proposals/mail/{template}.txt", said)),
        "about": hint.proposal.number if hint.proposal else "",
    }

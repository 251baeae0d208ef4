"""How a letter of a case is made: key from the number, text from a template, place in the outbox."""

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cityhall import post, section_post
from cityhall.context import office
from cityhall.models import Department, OutgoingMail
from proposals.models import Hearing, Proposal


def queue(
    proposal: Proposal, key: str, *, to: str, subject: str, template: str, said: dict | None = None, **how
) -> OutgoingMail | None:
    """Queue one letter of a case; `said` is what its template needs, `how` what `post.queue` is told."""
    context = {"proposal": proposal, "site": office(), **(said or {})}
    return post.queue(
        key=f"{proposal.number}:{key}",
        to=to,
        subject=f"{subject}（{proposal.number}）",
        body=plain(render_to_string(f"proposals/mail/{template}.txt", context)),
        about=proposal.number,
        **how,
    )


def plain(text: str) -> str:
    """The text of a template without the gaps its blocks leave."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def address(path: str) -> str:
    """A page of this site as a letter writes it: whole, and never with anything secret in it."""
    return settings.SITE_URL.rstrip("/") + path


def to_section(
    proposal: Proposal,
    department: Department,
    key: str,
    *,
    subject: str,
    template: str,
    page: str,
    is_for_heads: bool = False,
    said: dict | None = None,
) -> OutgoingMail | None:
    """Queue a letter of a case for a section and those of its people who like one; it leads to `page`."""
    told = {"proposal": proposal, "department": department, "site": office(), "url": address(page)}
    told |= {"is_for_heads": is_for_heads, **(said or {})}
    return section_post.queue(
        department,
        key=f"{proposal.number}:{key}",
        page=page,
        is_for_heads=is_for_heads,
        subject=f"【窓口】{subject}（{proposal.number}）",
        body=plain(render_to_string(f"proposals/mail/{template}.txt", told)),
        about=proposal.number,
    )


def sheet_page(hearing: Hearing) -> str:
    """Where a section reads and answers its sheet."""
    case = hearing.proposal
    running = case.hearings.filter(pk__lte=hearing.pk).count()
    return reverse("section:sheet", args=[case.number, running])


def round_of(proposal: Proposal) -> int:
    """How often the case has ended or begun anew: what happens twice is written twice, not three times."""
    return proposal.records.filter(kind__in=("verdict", "reopened")).count()

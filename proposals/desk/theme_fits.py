"""困りごとに会えそうな相手: needs of a section beside what proposals bring and what the town has."""

from django.urls import reverse
from django.utils import timezone

from proposals.desk import resources
from proposals.desk.candidates import about_partner
from proposals.desk.links import case_url, list_url
from proposals.fitting import Candidate, cases, partners, wish
from proposals.models import Theme

SHOWN = 10  # of each kind


def shown(theme: Theme) -> dict:
    """The trouble, the open proposals and the partners that fit it, each with its reasons."""
    looked_for, today = wish.of_theme(theme), timezone.localdate()
    offered = cases.cases(theme, looked_for)[:SHOWN]
    town = partners.partners(looked_for, today=today)[:SHOWN]
    return {
        "theme": theme,
        "proposals": [_proposal(n, one) for n, one in enumerate(offered, start=1)],
        "partners": [_partner(n, one) for n, one in enumerate(town, start=1)],
        "answers_url": list_url(list="all", theme=theme.pk),
        "change_url": reverse("admin:proposals_theme_change", args=[theme.pk]),
    }


def _proposal(number: int, one: Candidate) -> dict:
    case = one.subject
    return {
        "number": number,
        "name": f"{case.number} {case.title}",
        "url": case_url(case),
        "about": f"{case.organization.name}　{case.get_step_display()}",
        "is_fictional": case.is_fictional,
        "reasons": one.told,
    }


def _partner(number: int, one: Candidate) -> dict:
    return {
        "number": number,
        "name": str(one.subject),
        "url": resources.page_url(one.subject),
        "about": about_partner(one.subject),
        "is_fictional": one.subject.is_fictional,
        "reasons": one.told,
    }

"""Addresses of the desk: cases by their number, lists by their name."""

from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from proposals.models import Proposal


def case_url(case: Proposal | str, anchor: str = "") -> str:
    """A case's page, at one of its sections."""
    number = case if isinstance(case, str) else case.number
    return f"{page_url('proposal_changelist')}{number}/change/" + (f"#{anchor}" if anchor else "")


@cache
def page_url(name: str) -> str:
    """A page of the desk by its name, looked up once: a page has hundreds of such addresses."""
    return reverse(f"admin:proposals_{name}")


def deed_url(case: Proposal, deed: str, *args) -> str:
    """Where a deed on a case is done: ask, gate, lead, move …"""
    return reverse(f"admin:proposals_proposal_{deed}", args=[case.number, *args])


def list_url(**parameters) -> str:
    """The list of cases, with what it is narrowed to."""
    query = urlencode(parameters, doseq=True)
    return page_url("proposal_changelist") + (f"?{query}" if query else "")

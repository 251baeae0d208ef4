"""A page of the desk, in the shell of its site."""

from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from proposals.desk.links import case_url
from proposals.models import Proposal


def page(request, name: str, *, status: int = 200, **context) -> TemplateResponse:
    """One of templates/proposals/desk/."""
    whole = admin.site.each_context(request) | context
    return TemplateResponse(request, f"proposals/desk/{name}.html", whole, status=status)


def back_to(case: Proposal | str, anchor: str = ""):
    """To the case's page, at one of its sections."""
    return redirect(case_url(case, anchor))

"""A page of the desk, in the shell of its site."""

from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from cityhall.access import role_required
from cityhall.models import Role
from proposals.desk.links import case_url
from proposals.models import Proposal


def page(request, name: str, *, status: int = 200, **context) -> TemplateResponse:
    """One of templates/proposals/desk/."""
    whole = admin.site.each_context(request) | context
    return TemplateResponse(request, f"proposals/desk/{name}.html", whole, status=status)


def back_to(case: Proposal | str, anchor: str = ""):
    """To the case's page, at one of its sections."""
    return redirect(case_url(case, anchor))


def desk_paths(model_admin: admin.ModelAdmin, pages) -> list:
    """Addresses of our own under a model's, for the desk alone; `pages` are rows of route, view, name."""
    model = model_admin.opts
    return [
        path(
            route,
            model_admin.admin_site.admin_view(role_required(Role.DESK)(view)),
            name=f"{model.app_label}_{model.model_name}_{name}",
        )
        for route, view, name in pages
    ]


class OwnPages(admin.ModelAdmin):
    """A model without stock pages: `pages`, rows as for `desk_paths`, answer; the left column leads there."""

    pages = ()

    def has_module_permission(self, request):
        return False

    def get_urls(self):
        return desk_paths(self, self.pages)


def whole_number(typed: str) -> int:
    """A key as an address or a form may name it; 0, which nobody has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0

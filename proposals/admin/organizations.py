"""団体: the list, the page of one, and what the desk does there, each deed through a service."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityhall import readings
from cityhall.panels import panels_for
from proposals import touch
from proposals.admin.pages import OwnPages, page, whole_number
from proposals.desk import organizations as words
from proposals.forms.desk.organizations import ChangeForm, FindForm, MergeForm, WaitForm
from proposals.models import Organization
from proposals.services import organizations

ALL = "admin:proposals_organization_changelist"


@require_safe
def listing(request):
    """The desk looks for an organisation; a parameter that cannot be read is told (400)."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return page(request, "bad_filter", status=400, title="団体", url=reverse(ALL))
    asked = form.cleaned_data
    found = words.found(asked["q"], asked["kind"], asked["after"])
    kept = {name: asked[name] for name in ("q", "kind") if asked[name]}
    kinds = [
        {"name": name, "url": _list_url(kept | {"kind": key}), "is_chosen": key == asked["kind"]}
        for key, name in form.fields["kind"].choices
    ]
    has_more = len(found) > words.PAGE
    return page(
        request,
        "organizations",
        title="団体",
        found=found[: words.PAGE],
        kinds=kinds,
        asked=asked,
        all_url=reverse(ALL),
        next_url=_list_url(kept | {"after": found[words.PAGE - 1].pk}) if has_more else "",
    )


def _list_url(parameters: dict) -> str:
    query = urlencode({name: value for name, value in parameters.items() if value})
    return reverse(ALL) + (f"?{query}" if query else "")


def of_one(view):
    """The organisation of that key for a view; one merged into another leads to that other's page."""

    @wraps(view)
    def found(request, pk):
        organization = get_object_or_404(
            touch.with_touch(Organization.objects.select_related("merged_into")), pk=pk
        )
        if organization.merged_into:
            messages.info(request, f"「{organization}」は「{organization.living}」にまとめました。")
            return _back_to(organization.living)
        return view(request, organization)

    return found


@require_safe
@of_one
def look(request, organization):
    """The desk reads who an organisation is and what came of meeting it."""
    return _show(request, organization)


@of_one
def people(request, organization):
    """The desk opens whom to call, on this page alone; that it did is written down first."""
    if request.method != "POST":
        return _back_to(organization)
    found = words.people(organization)
    for one in found:
        readings.note(request.user, "連絡先", one["case"].number, f"団体：{organization}")
    return _show(request, organization, people=found, has_opened=True)


@of_one
def edit(request, organization):
    """The desk writes down what it has learnt."""
    form = ChangeForm(_sent(request), kept=organization)
    if form.is_bound and form.carry_out(organizations.change, by=request.user):
        messages.success(request, "書き直しました。")
        return _back_to(organization)
    return _ask(request, organization, form, "団体のことを直す", "organization_edit")


@of_one
def wait(request, organization):
    """The desk lets an organisation be until a day."""
    form = WaitForm(_sent(request), kept=organization)
    if form.is_bound and form.carry_out(organizations.wait, by=request.user):
        messages.success(request, "その日まで、声をかけるお知らせを出しません。")
        return _back_to(organization)
    return _ask(request, organization, form, "声をかけるのを待つ", "organization_edit")


@of_one
def merge(request, organization):
    """The desk makes two organisations one: the other is chosen, both are looked at, then it is done."""
    typed = request.POST.get("into") or request.GET.get("into", "")
    into = Organization.objects.living().exclude(pk=organization.pk).filter(pk=whole_number(typed)).first()
    form = MergeForm(_sent(request), kept=organization, initial={"into": into})
    if into and form.is_bound and form.carry_out(organizations.merge, by=request.user):
        messages.success(request, f"「{organization}」を「{into}」にまとめました。")
        return _back_to(into)
    looked_for = request.GET.get("q", "")[:100]
    return _ask(
        request,
        organization,
        form,
        "同じ団体をまとめる",
        "organization_merge",
        into=into,
        **(words.side_by_side(organization, into) if into else {}),
        likely=words.others(organization, looked_for),
        looked_for=looked_for,
    )


def _sent(request):
    return request.POST if request.method == "POST" else None


def _ask(request, organization: Organization, form, title: str, name: str, **context):
    status = 409 if form.is_overtaken else 200
    told = {"organization": organization, "form": form, "url": words.page_url(organization)}
    return page(request, name, status=status, title=title, **told, **context)


def _show(request, organization: Organization, *, people=(), has_opened=False):
    panels = panels_for("organization.page", organization, request.user)
    told = words.whole(organization) | {"people": people, "has_opened": has_opened, "panels": panels}
    return page(request, "organization", title=organization.name, organization=organization, **told)


def _back_to(organization: Organization):
    return redirect(words.page_url(organization))


PAGES = [
    ("", listing, "changelist"),
    ("<int:pk>/", look, "change"),
    ("<int:pk>/edit/", edit, "edit"),
    ("<int:pk>/people/", people, "people"),
    ("<int:pk>/wait/", wait, "wait"),
    ("<int:pk>/merge/", merge, "merge"),
]


@admin.register(Organization)
class OrganizationAdmin(OwnPages):
    """No stock view answers here, so nothing changes without a record."""

    pages = PAGES

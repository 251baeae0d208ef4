"""地域資源: the list, the page of one, and what the desk does there, each deed through a service."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityhall import readings
from proposals.admin import resource_files, town
from proposals.admin.pages import OwnPages, page, whole_number
from proposals.desk import resources as words
from proposals.forms.desk import resources as forms
from proposals.models import Organization, Resource
from proposals.services import resources

ALL = "admin:proposals_resource_changelist"


@require_safe
def listing(request):
    """The desk looks for who could help; a parameter that cannot be read is told (400)."""
    form = forms.FindForm(request.GET)
    if not form.is_valid():
        return page(request, "bad_filter", status=400, title="地域資源", url=reverse(ALL))
    asked = form.cleaned_data
    found = words.found(asked)
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    has_more = len(found) > words.PAGE
    more = urlencode(kept | {"after": found[words.PAGE - 1].pk}) if has_more else ""
    return page(
        request,
        "resources",
        title="地域資源",
        form=form,
        found=found[: words.PAGE],
        counts=words.counts(),
        is_narrowed=bool(kept),
        all_url=reverse(ALL),
        next_url=f"{reverse(ALL)}?{more}" if more else "",
        files=[(kind.upper(), f"export/?{urlencode(kept | {'format': kind})}") for kind in ("xlsx", "csv")],
    )


def add(request):
    """The desk enters one; from an organisation's page with its name."""
    typed = request.GET.get("organization", "")
    known = Organization.objects.living().filter(pk=whole_number(typed)).first()
    begun = {"organization": known.name, "organization_kind": known.kind} if known else {}
    form = forms.AddForm(_sent(request), initial=begun)
    if form.is_bound and form.carry_out(resources.add, by=request.user):
        messages.success(request, "登録しました。")
        return redirect(words.page_url(form.made))
    return page(
        request,
        "resource_edit",
        title="地域資源を登録する",
        form=form,
        url=reverse(ALL),
        up="地域資源",
        button="登録する",
    )


def of_one(view):
    """The entry of that key for a view; one that was taken out is found no more."""

    @wraps(view)
    def found(request, pk):
        kept = Resource.objects.kept().select_related("organization")
        return view(request, get_object_or_404(kept, pk=pk))

    return found


@require_safe
@of_one
def look(request, resource):
    """The desk reads what an entry tells."""
    told = words.whole(resource)
    return page(request, "resource", title=str(resource), resource=resource, **told)


@of_one
def edit(request, resource):
    """The desk puts right what it tells."""
    form = forms.ChangeForm(_sent(request), kept=resource)
    if form.is_bound and form.carry_out(resources.change, by=request.user):
        messages.success(request, "書き直しました。")
        return redirect(words.page_url(resource))
    return _ask(request, resource, form, "登録の内容を直す", "書き直す")


@of_one
def contact(request, resource):
    """Whom to call, opened by a press that is noted first, and put right there."""
    if request.method != "POST":
        return redirect(words.page_url(resource))
    if "version" not in request.POST:
        readings.note(request.user, "連絡先", f"地域資源{resource.pk}", f"地域資源：{resource}")
        return _ask(request, resource, forms.ChangeContactForm(kept=resource), "連絡先", "連絡先を直す")
    form = forms.ChangeContactForm(request.POST, kept=resource)
    if form.carry_out(resources.change, by=request.user):
        messages.success(request, "連絡先を直しました。")
        return redirect(words.page_url(resource))
    return _ask(request, resource, form, "連絡先", "連絡先を直す")


@of_one
def verify(request, resource):
    """The desk has asked whether all is still so."""
    form = forms.VerifyForm(_sent(request), kept=resource)
    if form.is_bound and form.carry_out(resources.verify, by=request.user):
        messages.success(request, "確かめたことを記録しました。次の手紙は、1年たってからです。")
        return redirect(words.page_url(resource))
    lead = "いまもこのとおりだと、団体に確かめた日を残します。変わったところは、先に直してください。"
    return _ask(request, resource, form, "内容を確かめた", "確かめたことを記録する", lead=lead, shows=True)


@of_one
def consent(request, resource):
    """The desk has heard whether it may be named."""
    form = forms.ConsentForm(_sent(request), kept=resource)
    if form.is_bound and form.carry_out(resources.say_consent, by=request.user):
        messages.success(request, "記録しました。")
        return redirect(words.page_url(resource))
    lead = (
        "「紹介してよい」のものだけが、候補・地図・資源の本・書き出しに出ます。"
        "「紹介しない」にすると、これから会う予定からも外れます。"
    )
    return _ask(request, resource, form, "紹介してよいか", "聞いたことを記録する", lead=lead)


@of_one
def remove(request, resource):
    """The desk takes it out; the page says what that does before it is done."""
    form = forms.RemoveForm(_sent(request), kept=resource)
    if form.is_bound and form.carry_out(resources.remove, by=request.user):
        messages.success(request, "登録から外しました。連絡先は消しました。")
        return redirect(ALL)
    return _ask(request, resource, form, "登録から外す", "登録から外す", name="resource_remove")


def _sent(request):
    return request.POST if request.method == "POST" else None


def _ask(request, resource: Resource, form, title: str, button: str, *, name="resource_edit", **context):
    told = {"resource": resource, "form": form, "button": button, "up": str(resource)}
    if form.is_overtaken or context.pop("shows", False):
        told["facts"] = words.facts(form.kept)
    status = 409 if form.is_overtaken else 200
    return page(request, name, status=status, title=title, url=words.page_url(resource), **told, **context)


PAGES = [
    ("", listing, "changelist"),
    ("add/", add, "add"),
    ("export/", resource_files.export, "export"),
    ("map/", town.picture, "map"),
    ("book/<int:place>/", town.book, "book"),
    ("book/<int:place>/pdf/", town.pdf, "book_pdf"),
    ("<int:pk>/", look, "change"),
    ("<int:pk>/edit/", edit, "edit"),
    ("<int:pk>/contact/", contact, "contact"),
    ("<int:pk>/verify/", verify, "verify"),
    ("<int:pk>/consent/", consent, "consent"),
    ("<int:pk>/remove/", remove, "remove"),
]


@admin.register(Resource)
class ResourceAdmin(OwnPages):
    """No stock view answers here, so nothing changes without a record."""

    pages = PAGES

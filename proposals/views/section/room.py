"""The room itself: whose it is, and how its pages find what this person may see."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cityhall import access
from cityhall.access import role_required
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed, Stale
from proposals.forms.section.fields import typed
from proposals.models import Hearing, Proposal
from proposals.views.section.days import Today
from proposals.views.section.pieces import case_strip
from proposals.views.section.trail import latest

READERS = (Role.MEMBER, Role.HEAD, Role.MANAGER, Role.DESK)
MANAGERS_ROOM = "/kpi/"


def sections_of(user) -> list[Department]:
    """The sections this person belongs to today, each once."""
    return list(dict.fromkeys(access.departments_of(user, Role.MEMBER, Role.HEAD)))


def choose_section(user, key: int | None) -> tuple[Department, list[Department]]:
    """One of this person's sections, the first without a key, and the others; 404 for a stranger's."""
    mine = sections_of(user)
    chosen = next((one for one in mine if key in (None, one.pk)), None)
    if chosen is None:
        raise Http404
    return chosen, [one for one in mine if one != chosen]


def way_home(user) -> tuple[str, str]:
    """The room this person works in: 課のまど with a section, else the managers' or the desk's."""
    if sections_of(user):
        return "課のまど", reverse("section:home")
    if access.has_role(user, Role.MANAGER):
        return "指標のまど", MANAGERS_ROOM
    return "窓口の机", reverse("admin:index")


def show(request, page: str, *, status: int = 200, **context):
    """A page of this room."""
    home, home_url = way_home(request.user)
    context |= {"sections": sections_of(request.user), "home": home, "home_url": home_url}
    return render(request, f"proposals/section/{page}.html", context, status=status)


def or_the_case(whose: str):
    """A page for some of the sections with a part in the case: the others are led to the case, and told whose
    it is. Whoever has no part in it finds nothing (404)."""

    def decorate(view):
        @role_required(Role.MEMBER, Role.HEAD)
        @wraps(view)
        def led(request, number):
            try:
                return view(request, number)
            except Http404:
                own = Proposal.objects.of(sections_of(request.user)).with_people()
                case = get_object_or_404(own, number=number)
                section = case.department or "所管課"
                messages.info(request, f"{whose.format(section)}案件の内容は、この画面で読めます。")
                return redirect(case)

        return led

    return decorate


def find_case(user, number: str) -> Proposal:
    """The case if this person may see it; 404 otherwise."""
    return get_object_or_404(Proposal.objects.visible_to(user).with_people(), number=number)


def find_headed(user, number: str) -> Proposal:
    """The case if this person heads the section in charge; 404 otherwise."""
    return get_object_or_404(Proposal.objects.headed_by(user).with_people(), number=number)


def find_in_charge(user, number: str) -> Proposal:
    """The case if this person is a member or a head of the section in charge; 404 otherwise."""
    own = Proposal.objects.filter(department__in=sections_of(user)).with_people()
    return get_object_or_404(own, number=number)


def find_sheet(user, number: str, running: int) -> Hearing:
    """The sheet if it was sent to a section of this person; 404 otherwise."""
    everything = (
        Hearing.objects.of(sections_of(user))
        .numbered()
        .select_related(
            *("proposal__organization", "proposal__department", "department", "passed_to__department"),
            *("asked_by", "answered_by", "drafted_by"),
        )
    )
    return get_object_or_404(everything, proposal__number=number, running=running)


def sent(request):
    """What a form was sent with, even if that is nothing; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def attempt(form, service) -> bool:
    """Do what the form asks of the service; a refusal stays in the form as a sentence."""
    if not form.is_bound:
        return False
    try:
        if not form.is_in_time:
            raise Stale("この画面を開いたあとに、案件がほかの段階へ進みました。")
        if form.is_valid():
            service(**form.for_service())
    except NotAllowed as refusal:
        form.refuse(refusal)
    return not form.errors


def show_form(request, page: str, form, *, notes: dict | None = None, **context):
    """A page with a form on a case; 409 when somebody else was first. `notes` are the strip's."""
    if form.is_overtaken:
        context = {"latest": latest(form.proposal), "typed": typed(form)} | context
    status = 409 if form.is_overtaken else 200
    strip = case_strip(form.proposal, Today(), **{"mine": form.is_in_time, **(notes or {})})
    return show(request, page, status=status, case=form.proposal, form=form, strip=strip, **context)

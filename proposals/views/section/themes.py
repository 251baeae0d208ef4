"""この課の困りごと: written here, shown to the public by the desk."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cityhall import access
from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed, Stale
from proposals.forms.section.fields import typed
from proposals.forms.section.theme import OfTheme, ThemeForm
from proposals.models import Theme
from proposals.services import themes
from proposals.views.section import room


@role_required(Role.MEMBER, Role.HEAD)
def theme_new(request, section=None):
    """A member or head drafts a trouble of a section of theirs: the first, or the one of that key."""
    department, others = room.choose_section(request.user, section)
    form = ThemeForm(room.sent(request))
    if form.is_valid():
        made = themes.write(department, by=request.user, **form.for_service())
        messages.success(request, "下書きを保存しました。公開するまで、庁外には見えません。")
        return redirect("section:theme", made.number)
    return room.show(request, "theme_write", form=form, department=department, others=others)


@role_required(Role.MEMBER, Role.HEAD)
def theme(request, number):
    """The section reads a trouble of its own, and what can be done with it."""
    found = _find(request.user, number)
    return room.show(
        request,
        "theme",
        theme=found,
        is_head=access.posting_for(request.user, Role.HEAD, department=found.department) is not None,
        form=OfTheme(row=found),
    )


@role_required(Role.MEMBER, Role.HEAD)
def theme_write(request, number):
    """The section changes its draft; whoever comes second keeps the own words beside the other's."""
    found = _find(request.user, number)
    if found.published_on:
        messages.info(request, themes.SHOWN)
        return redirect("section:theme", number)
    form = ThemeForm(room.sent(request), theme=found)
    context = {}
    if form.is_valid():
        try:
            themes.rewrite(found, by=request.user, **form.for_service())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            is_stale = isinstance(refusal, Stale)
            context = {"latest": _find(request.user, number), "typed": typed(form)} if is_stale else {}
        else:
            messages.success(request, "書き直しました。")
            return redirect("section:theme", number)
    status = 409 if context else 200
    return room.show(request, "theme_write", status=status, form=form, theme=found, **context)


@role_required(Role.MEMBER, Role.HEAD)
@require_POST
def theme_ask(request, number):
    """The head asks the desk to show it."""
    return _deed(request, number, themes.ask_to_publish, "窓口に公開を頼みました。")


@role_required(Role.MEMBER, Role.HEAD)
@require_POST
def theme_close(request, number):
    """The section lets today be its last day."""
    return _deed(request, number, themes.close, "今日で締め切ります。届いた提案は、そのまま進みます。")


def _deed(request, number, deed, done: str):
    found = _find(request.user, number)
    form = OfTheme(request.POST, row=found)
    try:
        if not form.is_valid():
            raise Stale("画面を開き直してから、もう一度押してください。")
        deed(found, by=request.user, **form.for_service())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("section:theme", number)


def _find(user, number: str) -> Theme:
    """The trouble if it is of a section of this person; 404 otherwise."""
    mine = Theme.objects.of(room.sections_of(user)).with_answers()
    return get_object_or_404(mine.select_related("department", "asked_by"), number=number)

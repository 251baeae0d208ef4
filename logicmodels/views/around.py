"""The words around the picture, the assumptions, and the order of the boxes, for the desk."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from logicmodels import services
from logicmodels.content import TEXT_LISTS, numbers
from logicmodels.forms import AssumptionForm, WordsForm
from logicmodels.models import LogicModel
from logicmodels.views import room


@role_required(Role.DESK)
def words(request, number):
    """The desk: title, ロジックの核, external factors, negative effects."""
    draft = room.find_draft(request.user, number)
    form = WordsForm(request.POST or None, model=draft, read=partial(_read_words, draft.pk))
    if form.carry_out(partial(services.edit_words, draft, by=request.user)):
        return redirect(draft)
    title, back = "図のまわりの言葉", draft.get_absolute_url()
    return room.show_form(request, form, title=title, button="この言葉で保存する", back=back)


def _read_words(pk):
    draft = LogicModel.objects.get(pk=pk)
    lists = {name: "\n".join(getattr(draft, name)) for name in TEXT_LISTS}
    return {"title": draft.title, "core": draft.core, **lists}


@role_required(Role.DESK)
def add_assumption(request, number):
    """The desk says what the chain rests on."""
    draft = room.find_draft(request.user, number)
    form = AssumptionForm(request.POST or None, model=draft, arrows=_arrows(draft))
    if form.carry_out(partial(services.add_assumption, draft, by=request.user)):
        return redirect(draft)
    back = draft.get_absolute_url()
    return room.show_form(request, form, title="前提を足す", button="前提を足す", back=back)


@role_required(Role.DESK)
def assumption(request, number, running):
    """The desk changes an assumption."""
    draft = room.find_draft(request.user, number)
    if not 1 <= running <= len(draft.assumptions):
        raise Http404
    read = partial(_read_assumption, draft.pk, running)
    form = AssumptionForm(request.POST or None, model=draft, arrows=_arrows(draft), read=read)
    if form.carry_out(partial(services.edit_assumption, draft, running - 1, by=request.user)):
        return redirect(draft)
    remove = reverse("logicmodels:remove_assumption", args=[number, running])
    back = draft.get_absolute_url()
    title, button = f"◇{running} 前提を直す", "前提を保存する"
    return room.show_form(request, form, title=title, button=button, back=back, remove=remove)


def _read_assumption(pk, running):
    told = LogicModel.objects.get(pk=pk).assumptions
    if running > len(told):
        return None
    found = told[running - 1]
    return found | {"arrow": f"{found['from']}>{found['to']}" if found["from"] else ""}


@require_POST
@role_required(Role.DESK)
def remove_assumption(request, number, running):
    """The desk takes an assumption away."""
    draft = room.find_draft(request.user, number)
    deed = partial(services.remove_assumption, draft, running - 1, by=request.user)
    return room.press(request, draft, deed, draft.get_absolute_url(), "前提を消しました。")


@require_POST
@role_required(Role.DESK)
def tidy(request, number):
    """The desk lets the boxes be ordered so that fewer arrows cross."""
    draft = room.find_draft(request.user, number)
    deed = partial(services.tidy, draft, by=request.user)
    return room.press(request, draft, deed, draft.get_absolute_url(), "並びを整えました。")


def _arrows(draft):
    content = draft.as_content()
    given = numbers(content)
    return [
        (f"{arrow['from']}>{arrow['to']}", f"{given[arrow['from']]} → {given[arrow['to']]}")
        for arrow in content["arrows"]
    ]

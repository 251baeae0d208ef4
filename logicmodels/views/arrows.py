"""Arrows, for the desk."""

import re
from functools import partial

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from logicmodels import services
from logicmodels.content import KEY, numbers
from logicmodels.forms import ArrowForm, NewArrowForm
from logicmodels.models import Node
from logicmodels.views import room


@role_required(Role.DESK)
def add_arrow(request, number):
    """The desk draws an arrow; `?from=` and `?to=` name a box to begin with."""
    draft = room.find_draft(request.user, number)
    chosen = {"source": request.GET.get("from", ""), "target": request.GET.get("to", "")}
    form = NewArrowForm(request.POST or None, model=draft, initial=chosen, read=dict)
    key = chosen["source"] or chosen["target"]
    back = _node_page(number, key) if re.fullmatch(KEY, key) else draft.get_absolute_url()

    def deed(source, target, **told):
        ends = {"source": Node(model=draft, key=source), "target": Node(model=draft, key=target)}
        return services.add_arrow(draft, by=request.user, **ends, **told)

    if form.carry_out(deed):
        return redirect(back)
    title, button = "矢印を足す", "この矢印を足す"
    return room.show_form(request, form, title=title, button=button, back=back, chosen=key)


@role_required(Role.DESK)
def arrow(request, number, source, target):
    """The desk changes how sure an arrow is, and why."""
    draft = room.find_draft(request.user, number)
    found = _find(draft, source, target)
    form = ArrowForm(request.POST or None, model=draft, read=partial(_read, draft, source, target))
    if form.carry_out(partial(services.edit_arrow, found, by=request.user)):
        return redirect(_node_page(number, source))
    given = numbers(draft.as_content())
    return room.show_form(
        request,
        form,
        title=f"矢印 {given[source]} → {given[target]}",
        lead=f"{found.source.text} → {found.target.text}",
        button="この矢印を保存する",
        back=_node_page(number, source),
        chosen=source,
        remove=reverse("logicmodels:remove_arrow", args=[number, source, target]),
    )


def _read(draft, source, target):
    found = draft.arrows.filter(source__key=source, target__key=target)
    return found.values("evidence", "reason").first()


@require_POST
@role_required(Role.DESK)
def remove_arrow(request, number, source, target):
    """The desk takes an arrow away."""
    draft = room.find_draft(request.user, number)
    deed = partial(services.remove_arrow, _find(draft, source, target), by=request.user)
    return room.press(request, draft, deed, _node_page(number, source), "矢印を消しました。")


def _find(draft, source, target):
    arrows = draft.arrows.select_related("source", "target", "model")
    return get_object_or_404(arrows, source__key=source, target__key=target)


def _node_page(number, key):
    return reverse("logicmodels:node", args=[number, key])

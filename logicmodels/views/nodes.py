"""Boxes and their indicators, for the desk."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from logicmodels import services
from logicmodels.forms import IndicatorForm, NewNodeForm, NodeForm
from logicmodels.views import room
from logicmodels.vocabulary import Column


@role_required(Role.DESK)
def node(request, number, key):
    """The desk: one box, its words, its indicators, its arrows, and the advice on it."""
    box = room.find_node(request.user, number, key)
    form = NodeForm(request.POST or None, model=box.model, column=box.column, read=partial(_read, box))
    if form.carry_out(partial(services.edit_node, box, by=request.user)):
        return redirect("logicmodels:node", number, key)
    back = box.model.get_absolute_url()
    return room.show_form(
        request, form, page="node", title="", button="この箱を保存する", back=back, chosen=key
    )


def _read(box):
    return box.model.nodes.filter(key=box.key).values("text", "column", "side").first()


@role_required(Role.DESK)
def add_node(request, number, column):
    """The desk adds a box at the foot of a column."""
    draft = room.find_draft(request.user, number)
    if column not in Column:
        raise Http404
    form = NewNodeForm(request.POST or None, model=draft, column=column, read=dict)
    if form.carry_out(partial(services.add_node, draft, by=request.user)):
        return redirect("logicmodels:node", number, form.made.key)
    back = draft.get_absolute_url()
    title = f"{Column(column).label}に箱を加える"
    question = Column(column).question
    return room.show_form(request, form, title=title, lead=question, button="この箱を加える", back=back)


@require_POST
@role_required(Role.DESK)
def move_node(request, number, key):
    """The desk moves a box one step, or to a place in a column, whatever others saved meanwhile."""
    box = room.find_node(request.user, number, key)
    way, column, before = (request.POST.get(name, "") for name in ("way", "column", "before"))

    def deed(version):
        if way:
            moved = services.step_node(box, by=request.user, way=way)
        else:
            moved = services.move_node(box, by=request.user, column=column, before=before)
        return f"「{moved.text}」を動かしました。"

    return room.press(request, box.model, deed, _page(number, key))


@role_required(Role.DESK)
def remove_node(request, number, key):
    """The desk reads what goes with a box before it goes."""
    box = room.find_node(request.user, number, key)
    draft = box.model
    if request.method == "POST":
        deed = partial(services.remove_node, box, by=request.user)
        return room.press(request, draft, deed, draft.get_absolute_url(), f"「{box.text}」を消しました。")
    return room.show_draft(request, "remove_node", draft, chosen=key, back=_page(number, key))


# --- indicators -----------------------------------------------------------


@role_required(Role.DESK)
def add_indicator(request, number, key):
    """The desk adds a way to measure a box."""
    box = room.find_node(request.user, number, key)
    draft = box.model
    form = IndicatorForm(request.POST or None, model=draft)
    if form.carry_out(partial(services.add_indicator, box, by=request.user)):
        return redirect("logicmodels:node", number, key)
    return _show_indicator(request, form, box, f"「{box.text}」の指標を足す", "指標を足す")


@role_required(Role.DESK)
def indicator(request, number, key, running):
    """The desk changes a way to measure a box."""
    box = room.find_node(request.user, number, key)
    draft = box.model
    if not 1 <= running <= len(box.indicators):
        raise Http404
    form = IndicatorForm(request.POST or None, model=draft, read=partial(_read_indicator, box, running))
    if form.carry_out(partial(services.edit_indicator, box, running - 1, by=request.user)):
        return redirect("logicmodels:node", number, key)
    remove = reverse("logicmodels:remove_indicator", args=[number, key, running])
    return _show_indicator(request, form, box, "指標を直す", "指標を保存する", remove=remove)


def _read_indicator(box, running):
    told = box.model.nodes.filter(key=box.key).values_list("indicators", flat=True).first() or []
    return told[running - 1] if running <= len(told) else None


@require_POST
@role_required(Role.DESK)
def remove_indicator(request, number, key, running):
    """The desk takes an indicator away."""
    box = room.find_node(request.user, number, key)
    draft = box.model
    deed = partial(services.remove_indicator, box, running - 1, by=request.user)
    return room.press(request, draft, deed, _page(number, key), "指標を消しました。")


def _show_indicator(request, form, box, title, button, **more):
    back = _page(form.model.number, box.key)
    return room.show_form(request, form, title=title, button=button, back=back, chosen=box.key, **more)


def _page(number, key):
    return reverse("logicmodels:node", args=[number, key])

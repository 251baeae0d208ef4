"""Boxes and their indicators, for the desk."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from logicmodels import services
from logicmodels.chain import Chain
from logicmodels.forms import IndicatorForm, NodeForm
from logicmodels.services.editions import findings_of
from logicmodels.views import room
from logicmodels.vocabulary import Column


@role_required(Role.DESK)
def node(request, number, key):
    """The desk: one box, its words, its indicators, its arrows, and the advice on it."""
    draft = room.find_draft(request.user, number)
    box = room.find_node(draft, key)
    told = {"text": box.text, "side": box.side}
    form = NodeForm(request.POST or None, model=draft, column=box.column, initial=told)
    if form.carry_out(partial(services.edit_node, box, by=request.user)):
        return redirect("logicmodels:node", number, key)
    content = draft.as_content()
    chain = Chain(content)
    findings = [finding for finding in findings_of(draft) if finding.node == key]
    return room.show_form(
        request,
        form,
        page="node",
        title=f"{chain.by_id[key]['number']} {box.get_column_display()}",
        button="この箱を保存する",
        back=draft.get_absolute_url(),
        chosen=key,
        node=chain.by_id[key],
        ways_in=[chain.arrow_in_words(arrow) for arrow in chain.arrows_to(chain.by_id[key])],
        ways_out=[chain.arrow_in_words(arrow) for arrow in chain.arrows_from(chain.by_id[key])],
        findings=room.beside(draft, content, findings),
    )


@role_required(Role.DESK)
def add_node(request, number, column):
    """The desk adds a box at the foot of a column."""
    draft = room.find_draft(request.user, number)
    if column not in Column:
        raise Http404
    form = NodeForm(request.POST or None, model=draft, column=column)
    if form.carry_out(partial(services.add_node, draft, by=request.user)):
        return redirect(draft)
    back = draft.get_absolute_url()
    title = f"{Column(column).label}に箱を加える"
    return room.show_form(request, form, title=title, button="この箱を加える", back=back)


@require_POST
@role_required(Role.DESK)
def move_node(request, number, key):
    """The desk moves a box up or down in its column."""
    draft = room.find_draft(request.user, number)
    box = room.find_node(draft, key)
    deed = partial(services.move_node, box, by=request.user, is_up=request.POST.get("way") == "up")
    return room.press(request, draft, deed, _page(number, key), "並びを変えました。")


@role_required(Role.DESK)
def remove_node(request, number, key):
    """The desk reads what goes with a box before it goes."""
    draft = room.find_draft(request.user, number)
    box = room.find_node(draft, key)
    if request.method == "POST":
        deed = partial(services.remove_node, box, by=request.user)
        return room.press(request, draft, deed, draft.get_absolute_url(), f"「{box.text}」を消しました。")
    chain = Chain(draft.as_content())
    told = chain.by_id[key]
    arrows = [*chain.arrows_to(told), *chain.arrows_from(told)]
    ways = [chain.arrow_in_words(arrow) for arrow in arrows]
    return room.show(request, "remove_node", model=draft, node=told, ways=ways, back=_page(number, key))


# --- indicators -----------------------------------------------------------


@role_required(Role.DESK)
def add_indicator(request, number, key):
    """The desk adds a way to measure a box."""
    draft = room.find_draft(request.user, number)
    box = room.find_node(draft, key)
    form = IndicatorForm(request.POST or None, model=draft)
    if form.carry_out(partial(services.add_indicator, box, by=request.user)):
        return redirect("logicmodels:node", number, key)
    return _show_indicator(request, form, box, f"「{box.text}」の指標を足す", "指標を足す")


@role_required(Role.DESK)
def indicator(request, number, key, running):
    """The desk changes a way to measure a box."""
    draft = room.find_draft(request.user, number)
    box = room.find_node(draft, key)
    if not 1 <= running <= len(box.indicators):
        raise Http404
    form = IndicatorForm(request.POST or None, model=draft, initial=box.indicators[running - 1])
    if form.carry_out(partial(services.edit_indicator, box, running - 1, by=request.user)):
        return redirect("logicmodels:node", number, key)
    remove = reverse("logicmodels:remove_indicator", args=[number, key, running])
    return _show_indicator(request, form, box, "指標を直す", "指標を保存する", remove=remove)


@require_POST
@role_required(Role.DESK)
def remove_indicator(request, number, key, running):
    """The desk takes an indicator away."""
    draft = room.find_draft(request.user, number)
    box = room.find_node(draft, key)
    deed = partial(services.remove_indicator, box, running - 1, by=request.user)
    return room.press(request, draft, deed, _page(number, key), "指標を消しました。")


def _show_indicator(request, form, box, title, button, **more):
    back = _page(form.model.number, box.key)
    return room.show_form(request, form, title=title, button=button, back=back, chosen=box.key, **more)


def _page(number, key):
    return reverse("logicmodels:node", args=[number, key])

"""The conditions of a 条件付採用, until all are met or they lapse."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from proposals.forms.section import FulfilForm, LapseForm, SettleForm
from proposals.models import Condition, Proposal
from proposals.seen import seen_by_decider
from proposals.services import decisions
from proposals.views.section import pieces, room
from proposals.views.section.days import Today
from proposals.views.section.fixed import frozen


@room.or_the_case("条件の確認は、{}の所属長が行います。")
def conditions(request, number):
    """A head of the section in charge sees what was asked, and what of it has come true."""
    proposal = room.find_headed(request.user, number)
    form = FulfilForm(proposal=proposal, prefix="fulfil")
    return _page(request, form) if form.is_in_time else redirect(proposal)


@role_required(Role.HEAD)
@require_POST
def settle(request, number, running):
    """A head of the section in charge records that one condition is met or waived."""
    proposal = room.find_headed(request.user, number)
    condition = _condition(proposal, running)
    form = SettleForm(request.POST, proposal=proposal, prefix=f"condition{running}")
    if room.attempt(form, partial(decisions.settle_condition, condition, by=request.user)):
        messages.success(request, f"条件「{condition.text}」の確かめを記録しました。")
        return redirect("section:conditions", number)
    return _page(request, form)


@role_required(Role.HEAD)
@require_POST
def fulfil(request, number):
    """A head of the section in charge turns the 条件付採用 into an 採用."""
    proposal = room.find_headed(request.user, number)
    form = FulfilForm(request.POST, proposal=proposal, prefix="fulfil")
    if room.attempt(form, partial(decisions.fulfil, proposal, by=request.user)):
        messages.success(request, "案件化を記録しました。提案者にはまだ届いていません。")
        return redirect(proposal)
    return _page(request, form)


@role_required(Role.HEAD)
@require_POST
def lapse(request, number):
    """A head of the section in charge ends a 条件付採用 whose conditions will not come true."""
    proposal = room.find_headed(request.user, number)
    form = _lapse_form(request, proposal, request.POST)
    if room.attempt(form, partial(decisions.lapse, proposal, by=request.user)):
        messages.success(request, "見送りを記録しました。提案者にはまだ届いていません。")
        return redirect(proposal)
    return _page(request, form)


def _condition(proposal: Proposal, running: int) -> Condition:
    asked = dict(enumerate(_asked(proposal), start=1))
    if running not in asked:
        raise Http404
    return asked[running]


def _asked(proposal: Proposal) -> list[Condition]:
    """The conditions of the newest 条件付採用, also for a page that its end has overtaken."""
    last = proposal.conditions.last()
    return list(proposal.conditions.filter(decision=last.decision_id)) if last else []


def _page(request, tried):
    """All conditions, each with a form of its own; `tried` is the one that was sent."""
    proposal, today = tried.proposal, Today()
    rows = [
        {
            "condition": condition,
            "running": n,
            "form": _settle_form(proposal, n, tried),
            "due": today.due(condition.due_on),
        }
        for n, condition in enumerate(_asked(proposal), start=1)
    ]
    seen = seen_by_decider(proposal)
    return room.show_form(
        request,
        "conditions",
        tried,
        rows=rows,
        open_conditions=[row for row in rows if row["condition"].is_open],
        fulfil_form=FulfilForm(proposal=proposal, prefix="fulfil"),
        lapse_form=tried if isinstance(tried, LapseForm) else _lapse_form(request, proposal),
        seen=seen,
        frozen=frozen(request.user, proposal, seen),
    )


def _lapse_form(request, proposal: Proposal, data=None) -> LapseForm:
    told = {"authority": pieces.authority(request.user, proposal)}
    return LapseForm(data, request=request, proposal=proposal, prefix="lapse", initial=told)


def _settle_form(proposal: Proposal, running: int, tried) -> SettleForm:
    prefix = f"condition{running}"
    return tried if tried.prefix == prefix else SettleForm(proposal=proposal, prefix=prefix)

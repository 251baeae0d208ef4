"""Asking for agreement, agreeing as the section in charge, and fixing for good."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cityhall import access
from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from logicmodels import services
from logicmodels.models import Agreement, Edition
from logicmodels.services.editions import to_be_final
from logicmodels.views import room

Side = Agreement.Side


@require_POST
@role_required(Role.DESK)
def ask(request, number, edition):
    """The desk asks the section in charge and the proposer to agree."""
    found = room.find_edition(request.user, number, edition)
    deed = partial(services.ask, found, by=request.user)
    return _done(request, found, deed, "合意を求めました。提案者には手紙も送ります。")


@role_required(Role.HEAD)
@require_POST
def agree(request, number, edition):
    """The head of the section in charge agrees."""
    found = room.find_edition(request.user, number, edition)
    return _done(request, found, partial(services.agree_as_head, found, by=request.user), "合意しました。")


@require_POST
@role_required(Role.DESK)
def fix_final(request, number):
    """The desk fixes the agreed 試行版 for good."""
    draft = room.find_draft(request.user, number)
    deed = partial(services.fix_final, draft, by=request.user)
    return room.press(request, draft, deed, draft.get_absolute_url(), "確定版にしました。")


def _done(request, edition: Edition, deed, said: str):
    try:
        deed()
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(edition)


def context(user, edition: Edition) -> dict:
    """Who was asked and who agreed, and what this person may do about it."""
    asked = {one.side: one for one in edition.agreements.select_related("department")}
    told = edition.agreed | asked
    case, newest = edition.model.proposal, edition.model.editions.all()[:1]
    is_newest = bool(newest) and newest[0].number == edition.number
    is_open = is_newest and case is not None and edition.state == Edition.State.TRIAL
    section, lead = asked.get(Side.SECTION), getattr(case, "department", None)
    mine = lead and access.posting_for(user, Role.HEAD, department=lead)
    return {
        "sides": [(side.label, told.get(side)) for side in Side],
        "may_ask": is_open and room.may_edit(user) and not asked,
        "may_agree": bool(is_open and mine and section and not section.agreed_at),
        "to_final": to_be_final(edition.model, edition)
        if is_newest and room.may_edit(user) and edition.state == Edition.State.TRIAL
        else None,
    }

"""A move of the table: its own page says what happens and what is missing, its own POST makes it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cityhall.models import Role
from proposals.admin.pages import back_to, page
from proposals.desk.case import find_case
from proposals.desk.moves import Move, move_of, moves
from proposals.forms.desk import move_form
from proposals.models import Proposal
from proposals.services import advance, doubles
from proposals.services.moves import leave
from proposals.workflow import WORKFLOW

NOT_FROM_HERE = "いまの段階では、この動作は行えません。いまの段階を確かめてください。"
WITH_NEXT_PLACE = ("out_of_scope", "hand_on")


def move(request, number, name):
    """The desk moves a case; what only a head may do is not found here."""
    case = find_case(number)
    if name == "merge":
        return redirect("admin:proposals_proposal_merge", case.number)
    offered = _offered(request.user, case, name)
    form = move_form(offered.row)(request.POST if request.method == "POST" else None, proposal=case)
    if request.method == "POST" and form.carry_out(_verb(name), by=request.user):
        messages.success(
            request, f"いまの段階は「{Proposal.objects.get(pk=case.pk).get_step_display()}」です。"
        )
        return back_to(case)
    if not form.is_bound and offered.row.source != case.step:
        messages.warning(request, NOT_FROM_HERE)
        return back_to(case)
    status = 409 if form.is_overtaken else 200
    return page(request, "move", status=status, title=offered.row.label, case=case, move=offered, form=form)


def _offered(user, case: Proposal, name: str) -> Move:
    """The move as this case offers it, or as the table knows it from elsewhere; 404 for a head's."""
    now = next((move for move in moves(user, case) if move.row.name == name), None)
    row = next((row for row in WORKFLOW if row.name == name and row.role == Role.DESK), None)
    if row is None:
        raise Http404
    return now or move_of(case, row, is_from_here=False)


def _verb(name: str):
    """The service of a move, by its own names."""
    if name == "unmerge":
        return doubles.unmerge
    verb = leave if name in WITH_NEXT_PLACE else advance
    return lambda case, **given: verb(case, name, **given)

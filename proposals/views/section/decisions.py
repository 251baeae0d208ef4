"""⑥ on the section's page: the decision, or the way back to the desk."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect

from cityhall import access
from cityhall.access import role_required
from cityhall.models import PostingKind, Role
from proposals.forms.section import DecisionForm, SendBackForm
from proposals.models import Decision, Proposal
from proposals.services import advance, decisions
from proposals.views.section import room
from proposals.views.section.cases import reading
from proposals.workflow import DECISIONS, WORKFLOW, Step


@role_required(Role.HEAD)
def decide(request, number):
    """A head of the section in charge records the verdict; whoever comes second keeps the own words."""
    proposal = room.find_headed(request.user, number)
    form = _decision_form(request, proposal)
    if room.attempt(form, partial(decisions.decide, proposal, by=request.user)):
        messages.success(request, "記録しました。提案者にはまだ届いていません。")
        return redirect(proposal)
    if not form.is_bound and not form.is_in_time:
        return redirect(proposal)
    return room.show_form(request, "decide", form, **reading(request.user, proposal))


def _decision_form(request, proposal: Proposal) -> DecisionForm:
    posting = access.posting_for(request.user, Role.HEAD, department=proposal.department)
    is_acting = posting.kind == PostingKind.ACTING
    return DecisionForm(
        room.sent(request),
        request=request,
        proposal=proposal,
        moves=[row for row in WORKFLOW.from_step(Step.DECISION) if row.name in DECISIONS],
        initial={"authority": Decision.Authority.ACTING if is_acting else Decision.Authority.OWN},
    )


@role_required(Role.HEAD)
def send_back(request, number):
    """A head of the section in charge hands a case before ⑥ back to the desk, with a reason."""
    proposal = room.find_headed(request.user, number)
    form = SendBackForm(room.sent(request), proposal=proposal)
    if room.attempt(form, partial(advance, proposal, "back_to_model", by=request.user)):
        messages.success(request, "窓口へ差し戻しました。")
        return redirect(proposal)
    if not form.is_bound and not form.is_in_time:
        return redirect(proposal)
    return room.show_form(request, "send_back", form)

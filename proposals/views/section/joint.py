"""共管 and 公平さの確かめ on the section's page."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cityhall import access
from cityhall.models import Role
from proposals.forms.section import ConsentForm, FairnessForm
from proposals.models import JointSection
from proposals.seen import fairness_in_words, seen_by_decider
from proposals.services import fairness as log
from proposals.services import joint
from proposals.views.section import pieces, room
from proposals.views.section.fixed import frozen


@room.or_the_case("共管の同意は、共管の課の所属長が記録します。")
def consent(request, number):
    """A head of a section in joint charge reads what the lead reads, and agrees or not."""
    proposal = room.find_case(request.user, number)
    held = _held(request.user, proposal)
    form = ConsentForm(room.sent(request), request=request, proposal=proposal)
    if room.attempt(form, partial(joint.consent, proposal, held.department, by=request.user)):
        messages.success(request, "記録しました。主管課に伝わります。")
        return redirect(proposal)
    if not form.is_bound and not form.is_in_time:
        return redirect(proposal)
    seen = seen_by_decider(proposal)
    return room.show_form(
        request,
        "consent",
        form,
        notes=pieces.decision_notes(seen) | {"mine": form.is_in_time and held.agrees is None},
        held=held,
        seen=seen,
        frozen=frozen(request.user, proposal, seen),
    )


def _held(user, proposal) -> JointSection:
    heads = access.departments_of(user, Role.HEAD)
    found = proposal.joint_sections.select_related("department").filter(department__in=heads)
    first = found.filter(agrees=None).first() or found.first()
    if first is None:
        raise Http404
    return first


@room.or_the_case("公平さの確かめは、{}と窓口が書きます。")
def fairness(request, number):
    """The section in charge writes the fairness log."""
    proposal = room.find_in_charge(request.user, number)
    form = FairnessForm(room.sent(request), proposal=proposal)
    if room.attempt(form, partial(log.write, proposal, by=request.user)):
        messages.success(request, "公平さの確かめを残しました。")
        return redirect(proposal)
    return room.show_form(request, "fairness", form, facts=fairness_in_words(proposal))

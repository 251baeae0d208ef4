"""窓口につなぐ: a company spoke to this section, which hands it on and sees what became of it."""

from django.contrib import messages
from django.shortcuts import redirect

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from proposals.forms.section.hint import HintForm
from proposals.models import Hint
from proposals.services import hints as service
from proposals.views.section import room
from proposals.workflow import Step

SHOWN = 50
THANKS = "窓口につなぎました。ありがとうございました。その後のことは、ここと課のまどに載ります。"


@role_required(Role.MEMBER, Role.HEAD)
def connect(request, section=None):
    """A member or head tells the desk what a company said, for one of the own sections."""
    department, others = room.choose_section(request.user, section)
    form = HintForm(room.sent(request))
    if form.is_valid():
        try:
            service.connect(department, by=request.user, **form.for_service())
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, THANKS)
            return redirect("section:hints")
    return room.show(request, "connect", form=form, department=department, others=others)


@role_required(Role.MEMBER, Role.HEAD)
def hints(request):
    """What these sections handed to the desk, and what became of each."""
    return room.show(request, "hints", lines=lines(room.sections_of(request.user))[:SHOWN])


@role_required(Role.MEMBER, Role.HEAD)
def chart(request):
    """相談チャート: which words of a company mean "bring it to the gate"."""
    return room.show(request, "chart")


def lines(sections) -> list[dict]:
    """Each hint of these sections with what became of it, newest first."""
    found = Hint.objects.of(sections).select_related("department", "by", "proposal")[:SHOWN]
    return [{"hint": hint, "outcome": outcome(hint)} for hint in found]


def outcome(hint: Hint) -> str:
    """What became of it; a verdict nobody has announced is not told here either."""
    if hint.proposal is None:
        return hint.answer or "窓口が読んでいます。"
    case = hint.proposal
    if case.is_to_announce:
        return f"{case.number} として「{Step.DECISION.label}」の段階にあります。"
    verb = "の段階にあります。" if case.is_open else "になりました。"
    return f"{case.number} として「{case.get_step_display()}」{verb}"

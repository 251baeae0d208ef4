"""A case as a section or a manager reads it."""

from cityhall.access import role_required
from cityhall.panels import panels_for
from proposals.proposed import facts
from proposals.views.section import pieces, room
from proposals.views.section.days import Today
from proposals.views.section.questions import questions
from proposals.views.section.trail import trail
from proposals.workflow import Step


@role_required(*room.READERS)
def case(request, number):
    """A section with a part in the case, the managers and the desk read it; nobody's telephone is on it."""
    proposal = room.find_case(request.user, number)
    is_head = pieces.heads(request.user, proposal)
    return room.show(
        request,
        "case",
        case=proposal,
        strip=pieces.case_strip(proposal, Today()),
        trail=trail(proposal),
        can_decide=is_head and proposal.step == Step.DECISION,
        can_draft=proposal.step == Step.DECISION and proposal.department in room.sections_of(request.user),
        can_settle=is_head and proposal.step == Step.CONDITIONS,
        **reading(request.user, proposal),
    )


def reading(user, proposal) -> dict:
    """What there is to read of a case, for its page and for the decision."""
    words = proposal.latest_submission
    return {
        "facts": facts(words) if words else [],
        "submission": words,
        "decisions": proposal.decisions.with_people().numbered().order_by("-pk"),
        "questions": questions(user, proposal),
        "panels": panels_for("proposal.section", proposal, user),
        **pieces.answers(user, proposal),
    }

"""The logic model as it lay before the head: the edition fixed at referral, drawn by the floor above."""

from dataclasses import dataclass

from cityhall.panels import Panel, panels_for
from proposals.models import Proposal


@dataclass(frozen=True)
class Seen:
    """Which edition of whose case is to be drawn; what `panels_for("proposal.seen")` asks with."""

    proposal: Proposal
    model: dict


def frozen(user, proposal: Proposal, seen: dict) -> list[Panel]:
    """The pictures that belong to what was seen; none where no edition was fixed."""
    model = seen.get("model")
    return panels_for("proposal.seen", Seen(proposal, model), user) if model else []

"""The logic model as it lay before the head: the edition fixed at referral, drawn by the floor above."""

from dataclasses import dataclass

from cityhall.panels import Panel, panels_for
from proposals.introduced import named_sides
from proposals.models import Proposal


@dataclass(frozen=True)
class Seen:
    """Which edition of whose case is to be drawn; what `panels_for("proposal.seen")` asks with."""

    proposal: Proposal
    model: dict


def frozen(user, proposal: Proposal, seen: dict) -> list[Panel]:
    """The pictures that belong to what was seen; none where no edition was fixed."""
    model = seen.get("model")
    return _match(seen) + (panels_for("proposal.seen", Seen(proposal, model), user) if model else [])


def _match(seen: dict) -> list[Panel]:
    """組み合わせ as it was seen, its partners by name as far as they may be named today."""
    match = seen.get("match")
    if not match:
        return []
    context = {"match": match, "parties": named_sides(match["sides"])}
    return [Panel("組み合わせ", "proposals/section/_seen_match.html", context, anchor="match")]

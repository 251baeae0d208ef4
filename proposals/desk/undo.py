"""取り消す: one's own last move, offered while it can be taken back."""

from collections.abc import Sequence

from django.utils import timezone

from proposals.models import Proposal, ProposalRecord
from proposals.services.undoing import until, why_not
from proposals.workflow import WORKFLOW


def offer(case: Proposal, records: Sequence[ProposalRecord], user) -> dict | None:
    """What could be taken back and how many minutes are left; None when nothing can. Newest record first."""
    if not records or why_not(records[0], user):
        return None
    last = records[0]
    if case.told_at and case.told_at >= last.entered_at:
        return None
    label = next(row.label for row in WORKFLOW if row.name == last.data["move"])
    left = until(last) - timezone.now()
    return {"label": label, "minutes": max(1, int(left.total_seconds()) // 60)}

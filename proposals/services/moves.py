"""The one door through which a case changes its step."""

from datetime import date

from django.db import transaction

from cityhall.models import Record
from cityhall.refusal import NotAllowed
from cityhall.workflow import Transition, lock
from proposals import mail
from proposals.models import Proposal
from proposals.services import seeds
from proposals.workflow import DECISIONS, WORKFLOW, Kind

# These moves carry facts of their own and have a service each.
OWN_SERVICE = {*DECISIONS, "lapse", "fulfil", "merge", "hand_on", "out_of_scope"}


def moves_for(user, proposal: Proposal) -> list[Transition]:
    """The moves this person may make on the case now, in process order, ready or not."""
    return WORKFLOW.moves_for(user, proposal)


@transaction.atomic
def advance(
    proposal: Proposal, name: str, *, by, note: str = "", version: int | None = None, on: date | None = None
) -> Record:
    """Make a plain move, and tell the proposer if it is one to hear of; refuses what the table refuses, and
    moves with a service of their own."""
    if name in OWN_SERVICE:
        raise NotAllowed("この動作には、専用の画面で入れる項目があります。")
    standing = lock(proposal, version=version).standing()
    before = {} if name == "reopen" else {"before": standing}  # a reopening takes seeds up: it stays
    record = WORKFLOW.carry_out(proposal, name, by=by, note=note, version=version, on=on, data=before)
    if record.kind == Kind.REOPENED:
        seeds.take_up(proposal, by=by)
    mail.queue_moved(record)
    return record


@transaction.atomic
def leave(
    proposal: Proposal, name: str, *, by, note: str, next_place: str, version: int | None = None
) -> Record:
    """Close a case as 対象外 or hand it on (引継ぎ); refuses without a next place."""
    if name not in ("out_of_scope", "hand_on"):
        raise NotAllowed("この動作では、次の窓口を示しません。")
    if not next_place.strip():
        raise NotAllowed("次の窓口（どこへ相談すればよいか）を書いてください。")
    before = lock(proposal, version=version).standing()
    return WORKFLOW.carry_out(
        proposal,
        name,
        by=by,
        note=note,
        version=version,
        next_place=next_place.strip(),
        data={"next_place": next_place.strip(), "before": before},
    )


def ready(proposal: Proposal, row: Transition) -> list[str]:
    """What the move still lacks, in words; empty when it can be made."""
    return row.guard(proposal)

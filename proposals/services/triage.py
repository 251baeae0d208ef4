"""② 内容整理: the eligibility gate, the desk's summary, who looks after the case."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Proposal
from proposals.services.recording import note_fact
from proposals.workflow import DESK_STEPS, WORKFLOW, Kind


def pass_gate(proposal: Proposal, *, by, note: str, version: int | None = None) -> None:
    """Record that a case is one for this desk; refuses without a word on why, and after step ⑤."""
    posting = access.require(by, Role.DESK)
    if not note.strip():
        raise NotAllowed("受付の確かめには、確かめたことを1文で書いてください。")
    if proposal.step not in DESK_STEPS:
        raise NotAllowed("受付の確かめは、①〜⑤のあいだに行います。")
    note_fact(
        proposal, Kind.GATE, actor=posting, text=note, version=version, changes={"is_eligible": True}
    )


@transaction.atomic
def summarise(
    proposal: Proposal, *, by, summary: str, officer=None, version: int | None = None
) -> Proposal:
    """Save the desk's working summary and the officer in charge; refuses an out-of-date page."""
    access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    proposal.summary, proposal.officer = summary, officer or proposal.officer
    proposal.version += 1
    proposal.save(update_fields=["summary", "officer", "version"])
    return proposal


@transaction.atomic
def merge(proposal: Proposal, into: Proposal, *, by, note: str, version: int | None = None) -> None:
    """Close a double into its original, which takes the earlier first contact; refuses itself and doubles."""
    if into.pk == proposal.pk:
        raise NotAllowed("同じ案件どうしは、まとめられません。")
    if into.merged_into_id:
        raise NotAllowed(f"{into.number} は、もうほかの案件にまとめられています。そのまとめ先を選んでください。")
    record = WORKFLOW.carry_out(
        proposal, "merge", by=by, note=note, version=version, merged_into=into, data={"into": into.number}
    )
    if proposal.first_contact_on < into.first_contact_on:
        note_fact(
            into,
            Kind.FIRST_CONTACT,
            actor=record.posting,
            on=proposal.first_contact_on,
            text=f"{proposal.number} をまとめたため",
        )

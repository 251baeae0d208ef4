"""重複統合: a double is closed into its original; both numbers stay, and a wrong merging is taken back."""

from django.db import transaction
from django.utils import timezone

from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Proposal, ProposalRecord, Todo
from proposals.services.recording import note_fact
from proposals.workflow import WORKFLOW, Kind

MERGED_INTO_OTHER = "{} は、もうほかの案件にまとめられています。そのまとめ先を選んでください。"


@transaction.atomic
def merge(proposal: Proposal, into: Proposal, *, by, note: str, version: int | None = None) -> None:
    """Close a double into its original, which takes the earlier first contact, and tell its proposer.

    What the double still waited for ends with it: sheets are waived, questions settled; things to do go on
    with the original. Refuses the case itself, and an original that is a double.
    """
    if into.pk == proposal.pk:
        raise NotAllowed("同じ案件どうしは、まとめられません。")
    proposal, into = _lock_both(proposal, into)
    if into.merged_into_id:
        raise NotAllowed(MERGED_INTO_OTHER.format(into.number))
    _end_waiting(proposal, into)
    record = WORKFLOW.carry_out(
        proposal, "merge", by=by, note=note, version=version, merged_into=into, data={"into": into.number}
    )
    _take_contact(into, proposal, record)
    mail.queue_merged(record)


def _end_waiting(double: Proposal, into: Proposal) -> None:
    reason = f"{into.number} にまとめたため"
    double.hearings.open().update(waived_on=timezone.localdate(), waived_reason=reason)
    double.messages.open_questions().update(answered_at=timezone.now())
    Todo.objects.open().filter(proposal=double).update(proposal=into)


@transaction.atomic
def unmerge(proposal: Proposal, *, by, note: str, version: int | None = None) -> None:
    """Make a double a case of its own again, from ①; its days count anew, its original gives back its t0.

    Refuses a case that is no double, anybody but the desk, and no reason.
    """
    original = proposal.merged_into
    if original:
        proposal, original = _lock_both(proposal, original)
    record = WORKFLOW.carry_out(
        proposal,
        "unmerge",
        by=by,
        note=note,
        version=version,
        merged_into=None,
        data={"from": original.number} if original else {},
    )
    if original:
        _give_back(original, record)


def _take_contact(original: Proposal, double: Proposal, record: ProposalRecord) -> None:
    if double.first_contact_on < original.first_contact_on:
        note_fact(
            original,
            Kind.FIRST_CONTACT,
            actor=record.posting,
            on=double.first_contact_on,
            text=f"{double.number} をまとめたため",
            data={"double": double.number},
        )


def _give_back(original: Proposal, record: ProposalRecord) -> None:
    """The first contact the original had from this double is its own no more; another double's may be."""
    told = original.records.effective().filter(kind=Kind.FIRST_CONTACT, data__double=record.subject.number)
    for contact in told:
        note_fact(
            original,
            Kind.NOTE,
            actor=record.posting,
            on=contact.on,
            supersedes=contact,
            text=f"{record.subject.number} を、もう一度べつの案件にしたため",
        )
    for double in original.merged.order_by("first_contact_on"):
        _take_contact(lock(original), double, record)


def _lock_both(*cases: Proposal) -> list[Proposal]:
    """The cases as they are now; locked in one order, so that two people merging each way do not block."""
    locked = {case.pk: lock(case) for case in sorted(cases, key=lambda case: case.pk)}
    return [locked[case.pk] for case in cases]

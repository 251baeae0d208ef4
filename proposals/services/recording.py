"""Writing down what happened to a case, other than a move."""

from datetime import date

from django.db import transaction

from cityhall import records
from cityhall.models import ActedAs, Posting
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Proposal, ProposalRecord
from proposals.workflow import Kind

MERGED = "この案件は {0} にまとめています。{0} のページで行ってください。"


def lock_unmerged(proposal: Proposal, *, version: int | None = None) -> Proposal:
    """The case, locked; refuses a double closed into another case, and says into which.

    What the desk adds to a case asks here, since figures and people read the original alone.
    """
    case = lock(proposal, version=version)
    if case.merged_into:
        raise NotAllowed(MERGED.format(case.merged_into.number))
    return case


@transaction.atomic
def note_fact(
    proposal: Proposal,
    kind: Kind,
    *,
    actor: Posting | ActedAs,
    on: date | None = None,
    text: str = "",
    version: int | None = None,
    changes: dict | None = None,
    **columns,
) -> ProposalRecord:
    """Write one record on the locked case, with the columns that change with it; refuses a stale page."""
    proposal = lock(proposal, version=version)
    for column, value in (changes or {}).items():
        setattr(proposal, column, value)
    return records.append(proposal, kind=kind, actor=actor, on=on, text=text, **columns)


@transaction.atomic
def correct(
    record: ProposalRecord, *, actor: Posting | ActedAs, on: date, reason: str, **columns
) -> ProposalRecord:
    """Put a new record in the place of a wrong one; refuses without a reason, and one corrected before."""
    proposal = lock(record.subject)
    if not reason.strip():
        raise NotAllowed("記録の訂正には理由が必要です。")
    if ProposalRecord.objects.filter(supersedes=record).exists():
        raise NotAllowed("この記録は、もう訂正されています。新しいほうの記録を訂正してください。")
    same = {"kind": record.kind, "verdict": record.verdict, "department": record.department}
    return records.append(proposal, actor=actor, on=on, text=reason, supersedes=record, **{**same, **columns})


def start_coordination(proposal: Proposal, *, actor: Posting | ActedAs, on: date) -> None:
    """Record 庁内調整開始 (t2) once: the first sheet from the desk to a section, or the first hearing."""
    if not proposal.records.effective().filter(kind=Kind.COORDINATION).exists():
        note_fact(proposal, Kind.COORDINATION, actor=actor, on=on)

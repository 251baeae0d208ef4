"""Taking back one's own last move, while nobody has been told and nobody has gone on."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cityhall import access, post
from cityhall.models import ActedAs, OutgoingMail, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Proposal, ProposalRecord
from proposals.workflow import TIME_TO_UNDO, WORKFLOW, Kind

TOO_LATE = "取り消せるのは、動かしてから10分のあいだだけです。"
GONE_ON = "そのあとに、ほかのことが記録されています。取り消せません。"
NOT_YOURS = "取り消せるのは、動かした本人だけです。"
NOTHING = "取り消せる動作がありません。"
HAS_LEFT = "お知らせのメールがもう出ています。取り消せません。"
INSTEAD = "戻すときは「ほかにできること」から、理由を添えて行ってください。"


@transaction.atomic
def undo(proposal: Proposal, *, by, version: int | None = None) -> ProposalRecord:
    """Take back one's own last move on a case, within ten minutes; a second press finds it done.

    Nothing is deleted: a record takes the place of the move's, and figures read as if it had not been.
    Refuses: anybody but the desk's officer who moved it, a move with anything recorded after it, one whose
    letter has left, and all that is no plain move of the desk: the verdicts of ⑥, a merging.
    """
    posting = access.require(by, Role.DESK)
    case = lock(proposal)
    last = _last(case)
    if last.kind == Kind.UNDONE and last.by == by:
        return last
    lock(case, version=version)
    if refusal := why_not(last, by):
        raise NotAllowed(refusal + INSTEAD)
    for letter in mail.letters_of_move(last):
        _keep_back(letter, by)
    return WORKFLOW.take_back(case, last, actor=posting, kind=Kind.UNDONE)


def why_not(last: ProposalRecord, by) -> str:
    """Why the last record of a case cannot be taken back by this person; empty when it can."""
    if "before" not in last.data or last.acted_as != ActedAs.DESK:
        return GONE_ON if last.by != by else NOTHING
    if last.by != by:
        return NOT_YOURS
    return TOO_LATE if timezone.now() > until(last) else ""


def until(last: ProposalRecord) -> datetime:
    """Until when a move may be taken back."""
    return last.entered_at + TIME_TO_UNDO


def _last(case: Proposal) -> ProposalRecord:
    return case.records.select_related("by", "subject").order_by("sequence").last()


def _keep_back(letter: OutgoingMail, by) -> None:
    try:
        post.withdraw(letter, by=by)
    except NotAllowed as refusal:
        raise NotAllowed(HAS_LEFT + INSTEAD) from refusal

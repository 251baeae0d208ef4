"""The one door through which a case changes its step."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Record, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import Transition, lock
from proposals import mail
from proposals.mail.handed import queue_handed_on
from proposals.models import Proposal
from proposals.schemes import BY_KEY
from proposals.services import joint, seeds
from proposals.services.recording import note_fact
from proposals.workflow import DECISIONS, WORKFLOW, Kind, Step

# These moves carry facts of their own and have a service each.
OWN_SERVICE = {*DECISIONS, "lapse", "fulfil", "merge", "unmerge", "hand_on", "out_of_scope"}


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
    if record.target == Step.DECISION:
        joint.begin_round(record.subject)
    mail.queue_moved(record)
    return record


@transaction.atomic
def leave(
    proposal: Proposal,
    name: str,
    *,
    by,
    note: str,
    next_place: str,
    scheme: str = "",
    told_who: str = "",
    told_on: date | None = None,
    version: int | None = None,
) -> Record:
    """Close a case as 対象外 or hand it on (引継ぎ), and write to the proposer where to go next.

    Refuses without a next place, and a scheme nobody knows. With `told_who` the hand-over is recorded too.
    """
    if name not in ("out_of_scope", "hand_on"):
        raise NotAllowed("この動作では、次の窓口を示しません。")
    if not next_place.strip():
        raise NotAllowed("次の窓口（どこへ相談すればよいか）を書いてください。")
    if scheme and scheme not in BY_KEY:
        raise NotAllowed("一覧にある制度を選んでください。")
    before = lock(proposal, version=version).standing()
    record = WORKFLOW.carry_out(
        proposal,
        name,
        by=by,
        note=note,
        version=version,
        next_place=next_place.strip(),
        data={"next_place": next_place.strip(), "before": before} | ({"scheme": scheme} if scheme else {}),
    )
    if told_who.strip():
        tell_next_place(record.subject, by=by, who=told_who, on=told_on)
    queue_handed_on(record)
    return record


@transaction.atomic
def tell_next_place(
    proposal: Proposal, *, by, who: str, on: date | None, text: str = "", version: int | None = None
) -> Record:
    """Record who at the next place was told, and when; refuses a case not sent on, nobody, a day to come."""
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if proposal.step not in (Step.OUT_OF_SCOPE, Step.HANDED_ON):
        raise NotAllowed("次の窓口を示した案件にだけ、書けます。")
    if not who.strip():
        raise NotAllowed("次の窓口で話した人を書いてください。")
    if on is None or on > timezone.localdate():
        raise NotAllowed("話した日は、今日までの日を入れてください。")
    said = "　".join(
        filter(None, [f"次の窓口（{proposal.next_place}）に伝えました：{who.strip()}", text.strip()])
    )
    return note_fact(proposal, Kind.NOTE, actor=posting, on=on, text=said, data={"handed_to": True})


def ready(proposal: Proposal, row: Transition) -> list[str]:
    """What the move still lacks, in words; empty when it can be made."""
    return row.guard(proposal)

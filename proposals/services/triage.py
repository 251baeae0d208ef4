"""② 内容整理: the eligibility gate, the desk's summary, who looks after the case."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import eligibility, mail
from proposals.models import Proposal
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import DESK_STEPS, Kind


@transaction.atomic
def pass_gate(
    proposal: Proposal,
    *,
    by,
    note: str,
    answers: dict[str, str] | None = None,
    reasons: dict[str, str] | None = None,
    version: int | None = None,
) -> bool:
    """Record what the eligibility gate showed, answer by answer; returns whether the case is for this desk.

    Refuses without a word on why, after step ⑤, and an answer left open or a yes without its reason.
    """
    posting = access.require(by, Role.DESK)
    if not note.strip():
        raise NotAllowed("受付の確かめには、確かめたことを1文で書いてください。")
    proposal = lock(proposal, version=version)
    if proposal.step not in DESK_STEPS:
        raise NotAllowed("受付の確かめは、①〜⑤のあいだに行います。")
    reasons = reasons or {}
    if answers is not None:
        _check_answers(answers, reasons)
    fits = eligibility.is_eligible(answers or {})
    said = [f"{eligibility.QUESTIONS[key]}：{reason}" for key, reason in reasons.items()]
    note_fact(
        proposal,
        Kind.GATE,
        actor=posting,
        text="\n".join([note, *said]),
        data={"answers": answers, "eligible": fits} if answers else {},
        changes={"is_eligible": fits},
    )
    return fits


def _check_answers(answers: dict[str, str], reasons: dict[str, str]) -> None:
    for key, words in eligibility.QUESTIONS.items():
        answer = answers.get(key)
        if answer not in (eligibility.NO, eligibility.YES):
            raise NotAllowed(f"「{words}」に当たるかどうかを選んでください。")
        if answer == eligibility.YES and not reasons.get(key, "").strip():
            raise NotAllowed(f"「{words}」に当たるわけをお書きください。")


@transaction.atomic
def summarise(proposal: Proposal, *, by, summary: str, officer=None, version: int | None = None) -> Proposal:
    """Save the desk's working summary and the officer, and record who did; refuses a double, a stale page."""
    posting = access.require(by, Role.DESK)
    proposal = lock_unmerged(proposal, version=version)
    wanted = {"summary": summary, "officer": officer or proposal.officer}
    changed = {name: value for name, value in wanted.items() if getattr(proposal, name) != value}
    if changed:
        data = {"changed": sorted(changed)}
        if "officer" in changed:
            data["values"] = {"officer": [proposal.officer_id, changed["officer"].pk]}
        note_fact(
            proposal, Kind.NOTE, actor=posting, text=changed.get("summary", ""), data=data, changes=changed
        )
        proposal.refresh_from_db()
    return proposal


@transaction.atomic
def mark_read(proposal: Proposal, *, by, version: int | None = None) -> None:
    """Take down that the desk has read what the proposer did; refuses a page older than that."""
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if proposal.news:
        note_fact(proposal, Kind.NOTE, actor=posting, data={"read": proposal.news})


@transaction.atomic
def release(proposal: Proposal, *, by, version: int | None = None) -> None:
    """Let a held case in, it is no nuisance, and write to its proposer; refuses one that is not held."""
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if not proposal.is_held:
        raise NotAllowed("この案件は、もう確かめが済んでいます。")
    released = note_fact(
        proposal, Kind.NOTE, actor=posting, data={"released": True}, changes={"is_held": False}
    )
    mail.queue_receipt(released.subject)

"""⑥ 案件化判断: the verdict of the section in charge, its conditions, and a cancellation before the start."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Condition, Decision, DecisionDraft, Proposal
from proposals.reasons import OFFERED, ReasonCode
from proposals.seen import fingerprint, seen_by_decider
from proposals.services import decision_drafts as drafts
from proposals.services.recording import note_fact
from proposals.workflow import DECISIONS, WORKFLOW, Kind, Step

SINCE = {Step.DECISION: "判断に付された日", Step.CONDITIONS: "条件付採用の日"}  # the earliest 決裁日


@transaction.atomic
def decide(
    proposal: Proposal,
    name: str,
    *,
    by,
    decided_on: date,
    reason: str = "",
    reason_code: str = ReasonCode.OTHER,
    authority: str = Decision.Authority.OWN,
    draft_number: str = "",
    consulted: Iterable[Department] = (),
    conditions: list[dict] = (),
    version: int | None = None,
    draft_version: int | None = None,
) -> Decision:
    """Record the verdict of ⑥ by a head of the section in charge, and what lay before them; never the desk.

    `name` is one of `workflow.DECISIONS`, `decided_on` the 決裁日, `conditions` rows of text, owner, due_on,
    `draft_version` the draft the page showed (0: none). Refuses: anybody but that head, a day before the case
    came to ⑥ or after today, a reason the verdict does not offer, no words other than for 採用, a 条件付採用
    without a condition, a draft changed meanwhile, a section in joint charge that has not answered.
    """
    proposal = lock(proposal, version=version)
    _check(proposal, name, decided_on, reason_code, conditions)
    draft = drafts.take(proposal, draft_version)
    marks = {"reason_code": reason_code, "authority": authority, "draft_number": draft_number}
    decision = _decided(proposal, name, draft, by=by, on=decided_on, reason=reason, **marks)
    decision.consulted.set(consulted)
    rows = (Condition(proposal=proposal, decision=decision, **condition) for condition in conditions)
    Condition.objects.bulk_create(rows)
    drafts.use_up(draft, decision)
    return decision


def _decided(case, name, draft: DecisionDraft | None, *, by, on: date, reason: str, **marks) -> Decision:
    """The verdict and, stored with it, all that lay before the head."""
    seen, before = seen_by_decider(case), case.decisions.last()
    data = {"seen": fingerprint(seen)} | ({"proxy": True} if draft and draft.is_by_proxy else {})
    record = WORKFLOW.carry_out(case, name, by=by, note=reason, on=on, data=data)
    mail.queue_decided(case)
    return Decision.objects.create(
        proposal=record.subject,
        record=record,
        department=record.subject.department,
        verdict=record.verdict,
        reason=reason.strip(),
        decided_on=record.on,
        decided_by=by,
        prepared_by=draft.saved_by if draft else None,
        is_by_proxy=bool(draft and draft.is_by_proxy),
        logic_model_label=(seen["model"] or {}).get("label", ""),
        seen=seen,
        seen_hash=data["seen"],
        follows=before,
        **marks,
    )


def _check(proposal: Proposal, name: str, decided_on: date, reason_code: str, conditions) -> None:
    if name not in DECISIONS:
        raise NotAllowed("結論を1つ選んでください。")
    _check_marks(proposal, name, decided_on, reason_code)
    if name == "go_if" and not conditions:
        raise NotAllowed("条件付採用には、条件を1つ以上書いてください。")


def _check_marks(proposal: Proposal, name: str, decided_on: date, reason_code: str) -> None:
    if reason_code not in OFFERED[name]:
        raise NotAllowed("理由の区分を、結論に合うものから選んでください。")
    check_day(proposal, decided_on)


def check_day(proposal: Proposal, decided_on: date) -> None:
    """Refuse a 決裁日 before the case came to ⑥ (or was adopted with conditions), or after today."""
    if proposal.step in SINCE and not proposal.step_entered_on <= decided_on <= timezone.localdate():
        raise NotAllowed(f"決裁日は、{SINCE[proposal.step]}から今日までの日にしてください。")


@transaction.atomic
def settle_condition(
    condition: Condition,
    *,
    by,
    on: date,
    waived_reason: str = "",
    note: str = "",
    version: int | None = None,
) -> Condition:
    """Record that a condition is met (or waived, with a reason), by a head of the section in charge.

    Refuses a day before the verdict or after today, and a condition settled before.
    """
    proposal = lock(condition.proposal, version=version)
    posting = access.require(by, Role.HEAD, department=proposal.department)
    condition = Condition.objects.select_for_update().get(pk=condition.pk)
    if proposal.step != Step.CONDITIONS or condition.met_on or condition.waived_on:
        raise NotAllowed("この条件は、もう確かめが済んでいます。")
    if not condition.decision.decided_on <= on <= timezone.localdate():
        raise NotAllowed("日付は、判断日から今日までの日にしてください。")
    column = "waived_on" if waived_reason.strip() else "met_on"
    setattr(condition, column, on)
    condition.waived_reason = waived_reason.strip()
    condition.save()
    data = {"condition": condition.text, "how": column}
    note_fact(proposal, Kind.CONDITION, actor=posting, on=on, text=note or waived_reason, data=data)
    return condition


@transaction.atomic
def fulfil(proposal: Proposal, *, by, version: int | None = None) -> None:
    """Turn a 条件付採用 into an 採用 on the day its last condition was settled; refuses while one is open."""
    proposal = lock(proposal, version=version)
    days = [d for c in proposal.conditions.current() for d in (c.met_on, c.waived_on) if d]
    WORKFLOW.carry_out(
        proposal, "fulfil", by=by, on=max(days, default=None), version=version, data={"conditions": len(days)}
    )


@transaction.atomic
def lapse(
    proposal: Proposal,
    *,
    by,
    reason: str,
    decided_on: date | None = None,
    reason_code: str = ReasonCode.OTHER,
    authority: str = Decision.Authority.OWN,
    draft_number: str = "",
    version: int | None = None,
) -> Decision:
    """End a 条件付採用 whose conditions will not come true as 見送り: a decision that follows the first.

    Refuses: anybody but a head of the section in charge, no words, a reason it does not offer, a day before
    the 条件付採用 or after today.
    """
    proposal, on = lock(proposal, version=version), decided_on or timezone.localdate()
    _check_marks(proposal, "lapse", on, reason_code)
    marks = {"reason_code": reason_code, "authority": authority, "draft_number": draft_number}
    return _decided(proposal, "lapse", None, by=by, on=on, reason=reason, **marks)


@transaction.atomic
def cancel_before_start(proposal: Proposal, *, actor, on: date, reason: str) -> None:
    """Record that an adopted case was cancelled before it started (開始前中止); refuses one not 案件化.

    The cancellation is the TRIP's fact: `trips` reports it here for each of its cases.
    """
    proposal = lock(proposal)
    if proposal.step != Step.ADOPTED or proposal.adopted_on is None:
        raise NotAllowed("開始前の中止は、案件化した案件にだけ記録できます。")
    if not proposal.adopted_on <= on <= timezone.localdate():
        raise NotAllowed("中止の日は、案件化の日から今日までの日にしてください。")
    note_fact(proposal, Kind.CANCELLED, actor=actor, on=on, text=reason)

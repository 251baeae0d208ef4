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
    draft, seen = drafts.take(proposal, draft_version), seen_by_decider(proposal)
    data = {"seen": fingerprint(seen)} | ({"proxy": True} if draft and draft.is_by_proxy else {})
    record = WORKFLOW.carry_out(proposal, name, by=by, note=reason, on=decided_on, version=version, data=data)
    marks = {"reason": reason.strip(), "reason_code": reason_code, "draft_number": draft_number}
    decision = _store(record, draft, seen, decided_by=by, authority=authority, **marks)
    decision.consulted.set(consulted)
    rows = (Condition(proposal=proposal, decision=decision, **condition) for condition in conditions)
    Condition.objects.bulk_create(rows)
    drafts.use_up(draft, decision)
    mail.queue_decided(proposal)
    return decision


def _store(record, draft: DecisionDraft | None, seen: dict, **marks) -> Decision:
    case = record.subject
    return Decision.objects.create(
        proposal=case,
        record=record,
        department=case.department,
        verdict=record.verdict,
        decided_on=record.on,
        prepared_by=draft.saved_by if draft else None,
        is_by_proxy=bool(draft and draft.is_by_proxy),
        logic_model_label=(seen["model"] or {}).get("label", ""),
        seen=seen,
        seen_hash=record.data["seen"],
        follows=case.decisions.last(),
        **marks,
    )


def _check(proposal: Proposal, name: str, decided_on: date, reason_code: str, conditions) -> None:
    if name not in DECISIONS:
        raise NotAllowed("結論を1つ選んでください。")
    if reason_code not in OFFERED[name]:
        raise NotAllowed("理由の区分を、結論に合うものから選んでください。")
    check_day(proposal, decided_on)
    if name == "go_if" and not conditions:
        raise NotAllowed("条件付採用には、条件を1つ以上書いてください。")


def check_day(proposal: Proposal, decided_on: date) -> None:
    """Refuse a 決裁日 before the case came to ⑥ or after today."""
    if proposal.step == Step.DECISION and not (
        proposal.step_entered_on <= decided_on <= timezone.localdate()
    ):
        raise NotAllowed("決裁日は、判断に付された日から今日までの日にしてください。")


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


def lapse(proposal: Proposal, *, by, note: str, version: int | None = None) -> None:
    """End a 条件付採用 whose conditions will not come true as 見送り; refuses without a reason."""
    WORKFLOW.carry_out(proposal, "lapse", by=by, note=note, version=version)


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

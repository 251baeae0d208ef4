"""⑥ 案件化判断: the verdict of the section in charge, its conditions, and a cancellation before the start."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Condition, Decision, Proposal
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
    authority: str = Decision.Authority.OWN,
    draft_number: str = "",
    conditions: list[dict] = (),
    version: int | None = None,
) -> Decision:
    """Record the verdict of ⑥ by a head of the section in charge; the desk never can.

    `name` is one of `workflow.DECISIONS`; `decided_on` is the 決裁日; `conditions` are rows of
    text, owner, due_on for a 条件付採用. Refuses: anybody but that head, a day before the case came
    to ⑥ or after today, no reason other than for 採用, a 条件付採用 without a condition.
    """
    proposal = lock(proposal, version=version)
    _check(proposal, name, decided_on, conditions)
    label = _model_label(proposal)
    record = WORKFLOW.carry_out(proposal, name, by=by, note=reason, on=decided_on, version=version)
    decision = Decision.objects.create(
        proposal=proposal,
        record=record,
        department=proposal.department,
        verdict=record.verdict,
        reason=reason.strip(),
        authority=authority,
        draft_number=draft_number,
        decided_on=decided_on,
        decided_by=by,
        logic_model_label=label,
        follows=proposal.decisions.last(),
    )
    Condition.objects.bulk_create(
        Condition(proposal=proposal, decision=decision, **condition) for condition in conditions
    )
    return decision


def _check(proposal: Proposal, name: str, decided_on: date, conditions) -> None:
    if name not in DECISIONS:
        raise NotAllowed("結論を1つ選んでください。")
    check_day(proposal, decided_on)
    if name == "go_if" and not conditions:
        raise NotAllowed("条件付採用には、条件を1つ以上書いてください。")


def check_day(proposal: Proposal, decided_on: date) -> None:
    """Refuse a 決裁日 before the case came to ⑥ or after today."""
    if proposal.step == Step.DECISION and not (
        proposal.step_entered_on <= decided_on <= timezone.localdate()
    ):
        raise NotAllowed("決裁日は、判断に付された日から今日までの日にしてください。")


def _model_label(proposal: Proposal) -> str:
    fixed = proposal.records.effective().filter(kind=Kind.MODEL_FIXED).last()
    return fixed.data["label"] if fixed else ""


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

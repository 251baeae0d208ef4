"""④ マッチング・調整: which section takes the lead, and what the floors above report back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.fitting import memory
from proposals.models import Proposal
from proposals.services import matches
from proposals.services.recording import note_fact
from proposals.workflow import Kind, Step

LEAD_AT = [Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL]
MODEL_AT = [Step.SORTING, Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL]


@transaction.atomic
def choose_lead(
    proposal: Proposal, department: Department, *, by, note: str = "", version: int | None = None
) -> None:
    """Name the section in charge (所管課); refuses before ③, after ⑤, and a section no longer valid."""
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if proposal.step not in LEAD_AT:
        raise NotAllowed("所管課は、③関係課ヒアリングから⑤のあいだに決めます。")
    if not Department.objects.valid_on(timezone.localdate()).filter(pk=department.pk).exists():
        raise NotAllowed(f"{department}は、いまはない課です。引き継いだ課を選んでください。")
    if proposal.joint_sections.filter(department=department).exists():
        raise NotAllowed(f"{department}は共管の課です。先に、共管から外してください。")
    note_fact(
        proposal,
        Kind.LEAD,
        actor=posting,
        department=department,
        text=note,
        changes={"department": department},
    )
    matches.follow_lead(lock(proposal), actor=posting)


@transaction.atomic
def report_model_fixed(
    proposal: Proposal, *, by, label: str, fixed_at: datetime, edition: dict | None = None
) -> None:
    """Take down that a 試行版 of the logic model is fixed, a floor above; refuses outside ②–⑤.

    `edition` says which: the model's number, the edition's and its fingerprint.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal)
    if proposal.step not in MODEL_AT:
        raise NotAllowed("試行版は、②内容整理から⑤のあいだに固定します。")
    note_fact(
        proposal,
        Kind.MODEL_FIXED,
        actor=posting,
        data={"label": label, **(edition or {})},
        changes={"logic_model_fixed_at": fixed_at},
    )


def report_agreed(proposal: Proposal, *, actor, label: str, side: str) -> None:
    """Take down that a side agreed to an edition of the logic model, a floor above."""
    note_fact(proposal, Kind.AGREED, actor=actor, data={"label": label, "side": side})


def report_project(proposal: Proposal, *, actor, number: str, on: date | None = None) -> None:
    """Take down that a 共創プロジェクト（TRIP） was opened, a floor above, from this case."""
    memory.forget()
    note_fact(proposal, Kind.PROJECT, actor=actor, on=on, data={"project": number})


def report_stopped(proposal: Proposal, *, actor, number: str, reason: str, on: date | None = None) -> None:
    """Take down that a 共創プロジェクト（TRIP） of this case was stopped after its start; it stays 案件化."""
    note_fact(proposal, Kind.PROJECT_STOPPED, actor=actor, on=on, text=reason, data={"project": number})

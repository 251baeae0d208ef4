"""④ マッチング・調整: which section takes the lead, and what the floors above report back."""

from datetime import date, datetime

from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from proposals.models import Proposal
from proposals.services.recording import note_fact
from proposals.workflow import Kind, Step

LEAD_AT = [Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL]
MODEL_AT = [Step.SORTING, Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL]


def choose_lead(
    proposal: Proposal, department: Department, *, by, note: str = "", version: int | None = None
) -> None:
    """Name the section in charge (所管課); refuses before ③, after ⑤, and a section no longer valid."""
    posting = access.require(by, Role.DESK)
    if proposal.step not in LEAD_AT:
        raise NotAllowed("所管課は、③関係課ヒアリングから⑤のあいだに決めます。")
    if not Department.objects.valid_on(timezone.localdate()).filter(pk=department.pk).exists():
        raise NotAllowed(f"{department}は、いまはない課です。引き継いだ課を選んでください。")
    note_fact(
        proposal,
        Kind.LEAD,
        actor=posting,
        department=department,
        text=note,
        version=version,
        changes={"department": department},
    )


def report_model_fixed(proposal: Proposal, *, by, label: str, fixed_at: datetime) -> None:
    """Take down that a 試行版 of the logic model is fixed; refuses outside ②–⑤ (the model lies a floor above)."""
    posting = access.require(by, Role.DESK)
    if proposal.step not in MODEL_AT:
        raise NotAllowed("試行版は、②内容整理から⑤のあいだに固定します。")
    note_fact(
        proposal,
        Kind.MODEL_FIXED,
        actor=posting,
        data={"label": label},
        changes={"logic_model_fixed_at": fixed_at},
    )


def report_project(proposal: Proposal, *, actor, number: str, on: date | None = None) -> None:
    """Take down that a 共創プロジェクト（TRIP） was opened from this case (the project lies a floor above)."""
    note_fact(proposal, Kind.PROJECT, actor=actor, on=on, data={"project": number})

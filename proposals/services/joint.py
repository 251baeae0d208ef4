"""共管: sections that hold a case together with the lead; each head agrees or not, then the lead decides."""

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import JointSection, Proposal
from proposals.services.recording import note_fact
from proposals.workflow import Kind, Step

NAMED_AT = [Step.MATCHING, Step.LOGIC_MODEL]
NOT_NOW = "共管の課は、④マッチング・調整と⑤のあいだに決めます。"


@transaction.atomic
def name_joint(proposal: Proposal, department: Department, *, by, version: int | None = None) -> JointSection:
    """Name a section in joint charge; refuses all but the desk, other steps, the lead, one named before."""
    posting = access.require(by, Role.DESK)
    case = lock(proposal, version=version)
    if case.step not in NAMED_AT:
        raise NotAllowed(NOT_NOW)
    if case.department is None:
        raise NotAllowed("先に、所管課（主管課）を決めてください。")
    if department == case.department:
        raise NotAllowed(f"{department}は所管課です。共管には、ほかの課を選んでください。")
    if not Department.objects.valid_on(timezone.localdate()).filter(pk=department.pk).exists():
        raise NotAllowed(f"{department}は、いまはない課です。引き継いだ課を選んでください。")
    if case.joint_sections.filter(department=department).exists():
        raise NotAllowed(f"{department}は、もう共管の課です。")
    note_fact(case, Kind.JOINT, actor=posting, department=department, data={"how": "named"})
    joint = JointSection.objects.create(
        proposal=case, department=department, named_by=by, named_on=timezone.localdate()
    )
    mail.queue_joint_named(joint)
    return joint


@transaction.atomic
def drop_joint(
    proposal: Proposal, department: Department, *, by, reason: str, version: int | None = None
) -> None:
    """A section is in joint charge no more; refuses all but the desk, other steps, without a reason."""
    posting = access.require(by, Role.DESK)
    case = lock(proposal, version=version)
    if case.step not in NAMED_AT:
        raise NotAllowed(NOT_NOW)
    if not reason.strip():
        raise NotAllowed("共管から外す理由を書いてください。")
    found, _ = case.joint_sections.filter(department=department).delete()
    if not found:
        raise NotAllowed(f"{department}は、もう共管の課ではありません。")
    note_fact(case, Kind.JOINT, actor=posting, department=department, text=reason, data={"how": "dropped"})


@transaction.atomic
def consent(
    proposal: Proposal,
    department: Department,
    *,
    by,
    agrees: bool,
    text: str = "",
    version: int | None = None,
) -> JointSection:
    """A head of a section in joint charge agrees, or not, with a reason; said anew it replaces.

    Refuses: anybody but that head, a case not at ⑥, a section not in joint charge, a no without a reason.
    """
    posting = access.require(by, Role.HEAD, department=department)
    case = lock(proposal, version=version)
    if case.step != Step.DECISION:
        raise NotAllowed("共管の同意は、⑥案件化判断の案件にだけ記録できます。")
    joint = case.joint_sections.select_for_update().filter(department=department).first()
    if joint is None:
        raise NotAllowed(f"{department}は、この案件の共管の課ではありません。")
    if not agrees and not text.strip():
        raise NotAllowed("同意しない理由を書いてください。")
    joint.agrees, joint.said = agrees, text.strip()
    joint.said_by, joint.said_on = by, timezone.localdate()
    joint.save()
    data = {"agrees": agrees}
    note_fact(case, Kind.CONSENT, actor=posting, department=department, text=text, data=data)
    mail.queue_consent_said(joint)
    return joint


def begin_round(case: Proposal) -> None:
    """The case comes to ⑥: whoever agreed to what lay there before is asked again, the lead is told."""
    case.joint_sections.update(agrees=None, said="", said_by=None, said_on=None)
    mail.queue_referred(case)

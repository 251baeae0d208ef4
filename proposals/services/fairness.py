"""公平さの確かめ: 公募の要否, the same information for all, other candidates, the cost route."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Fairness, Proposal
from proposals.services.recording import note_fact
from proposals.workflow import Kind


@transaction.atomic
def write(
    proposal: Proposal,
    *,
    by,
    tender: str,
    tender_reason: str = "",
    same_info: str = "",
    others: str = "",
    route: str = Fairness.Route.UNSURE,
    version: int | None = None,
) -> Fairness:
    """Write the fairness log anew; what stood there before stays in the record.

    Refuses: people outside the desk and the section in charge, a closed case, 要 or 不要 without a reason.
    """
    case = lock(proposal, version=version)
    posting = _posting(by, case)
    if not case.is_open:
        raise NotAllowed("この案件は終わっています。公平さの確かめは、もう書けません。")
    if tender != Fairness.Tender.UNSURE and not tender_reason.strip():
        raise NotAllowed("公募が要るか要らないかの理由を書いてください。")
    log = Fairness.objects.filter(proposal=case).first() or Fairness(proposal=case)
    log.tender, log.route = tender, route
    log.tender_reason, log.same_info = tender_reason.strip(), same_info.strip()
    log.others, log.written_by = others.strip(), by
    log.save()
    note_fact(case, Kind.FAIRNESS, actor=posting, text=_in_words(log))
    return log


def may_write(user, case: Proposal) -> bool:
    """The desk, and the members and heads of the section in charge."""
    if access.has_role(user, Role.DESK):
        return True
    section = case.department
    return section is not None and bool(access.posting_for(user, Role.MEMBER, Role.HEAD, department=section))


def _posting(by, case: Proposal):
    if case.department and (
        own := access.posting_for(by, Role.MEMBER, Role.HEAD, department=case.department)
    ):
        return own
    return access.require(by, Role.DESK)


def _in_words(log: Fairness) -> str:
    lines = [
        f"公募の要否：{log.get_tender_display()}　{log.tender_reason}".strip(),
        f"同じ案内：{log.same_info}",
        f"ほかの候補：{log.others}",
        f"費用の型：{log.get_route_display()}",
    ]
    return "\n".join(line for line in lines if not line.endswith("："))

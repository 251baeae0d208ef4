"""合わないとした候補: a suggestion the desk found unfit for a case stays away from it, with the reason."""

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from proposals.models import Dismissal, Proposal, Resource
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import Kind


@transaction.atomic
def dismiss(proposal: Proposal, candidate: Department | Resource, *, by, reason: str) -> Dismissal:
    """Keep a candidate away from this case; a second press finds the first, with its own reason.

    Refuses: all but the desk, a closed case, no reason, one of the town that may not be named.
    """
    posting = access.require(by, Role.DESK)
    case = _open_case(proposal)
    if not reason.strip():
        raise NotAllowed("合わないわけを書いてください。")
    is_section = isinstance(candidate, Department)
    if not is_section and not Resource.objects.shown().filter(pk=candidate.pk).exists():
        raise NotAllowed("この団体は、もう候補に出ていません。")
    who = {"department": candidate} if is_section else {"resource": candidate}
    told = {"reason": reason.strip(), "by": by, "on": timezone.localdate()}
    found, is_new = Dismissal.objects.get_or_create(proposal=case, **who, defaults=told)
    if is_new:
        _note(case, posting, "dismissed", candidate if is_section else None, told["reason"])
    return found


@transaction.atomic
def restore(dismissal: Dismissal, *, by) -> None:
    """Let a candidate come back to the suggestions; refuses all but the desk, and a closed case."""
    posting = access.require(by, Role.DESK)
    case = _open_case(dismissal.proposal)
    gone, _ = Dismissal.objects.filter(pk=dismissal.pk).delete()
    if gone:
        _note(case, posting, "restored", dismissal.department, dismissal.reason)


def _open_case(proposal: Proposal) -> Proposal:
    case = lock_unmerged(proposal)
    if not case.is_open:
        raise NotAllowed("この案件は終わっています。候補は、もう変えられません。")
    return case


def _note(case: Proposal, posting, what: str, section: Department | None, text: str) -> None:
    """Of an organisation the trail says only that there was one: it may ask to be removed from every page."""
    note_fact(case, Kind.NOTE, actor=posting, department=section, text=text, data={"candidate": what})

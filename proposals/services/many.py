"""Deeds of the desk that are done to many cases: here to one of them, each in its own transaction."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role, User
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Proposal
from proposals.services import hearings, plans
from proposals.services.plans import Asked, Kind
from proposals.services.recording import lock_unmerged, note_fact
from proposals.workflow import Kind as Told


@transaction.atomic
def assign(proposal: Proposal, *, officer: User, by, version: int | None = None) -> None:
    """Name who looks after a case, with a record; what the proposer did stays unread.

    Refuses anybody but the desk, a double, an officer who is not of the desk, and whoever has it already.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock_unmerged(proposal, version=version)
    if not access.has_role(officer, Role.DESK):
        raise NotAllowed(f"{officer}は、窓口の配属がありません。")
    if proposal.officer_id == officer.pk:
        raise NotAllowed(f"もう{officer}が担当です。")
    text = f"担当：{proposal.officer or '決めていません'} → {officer}"
    note_fact(proposal, Told.HANDOVER, actor=posting, text=text, changes={"officer": officer})


@transaction.atomic
def remind(proposal: Proposal, *, by, version: int | None = None) -> list[str]:
    """Ask once more for the answers that are out; returns whom. Once a day for each question.

    Refuses anybody but the desk, a closed case, news not read yet, nobody who could be written to.
    """
    posting = access.require(by, Role.DESK)
    lock(proposal, version=version)
    case = plans.with_all(Proposal.objects).get(pk=proposal.pk)
    planned = plans.plan(Kind.REMIND, case, Asked())
    if planned.skip:
        raise NotAllowed(planned.skip)
    sheets, questions = plans.waiting(case)
    for sheet in sheets:
        mail.queue_reminder_for_section(sheet)
    for question in questions:
        mail.queue_reminder(question)
    note_fact(proposal, Told.NOTE, actor=posting, data={"reminded": planned.reaches})
    return planned.reaches


def carry_out(kind: str, case: Proposal, asked: Asked, *, by) -> list[str]:
    """Do it to one case as it is now; returns whom it reached. Refuses what its plan skips."""
    planned = plans.plan(kind, case, asked)
    if planned.skip:
        raise NotAllowed(planned.skip)
    if kind == Kind.ASSIGN:
        assign(case, officer=asked.officer, by=by, version=case.version)
    elif kind == Kind.ASK:
        sheet = asked.sheet(case.number)
        sheets = [{"department": section, **sheet} for section in plans.missing(case, asked)]
        hearings.ask_all(case, sheets, by=by, version=case.version)
    else:
        remind(case, by=by, version=case.version)
    return planned.reaches

"""窓口につなぐ: whom a company spoke to hands it to the desk in a minute, and hears what became of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed
from cityhall.text import is_blank
from proposals import mail
from proposals.models import Hint, Proposal
from proposals.services import intake
from proposals.services.encounters import note_encounter

TAKEN = "この知らせは、もう窓口が受けています。"
WHY_FIRST = "庁内の課が先に話を聞いていたため"


@transaction.atomic
def connect(department: Department, *, by, key: str, heard_on: date, **said) -> Hint:
    """Hand what a company said to the desk, once for its key; the desk is told.

    `said` are the other columns of the form. Refuses people outside the section, no words, a day to come.
    """
    access.require(by, Role.MEMBER, Role.HEAD, department=department)
    if is_blank(said["text"]) or is_blank(said["organization_name"]):
        raise NotAllowed("団体の名前と、聞いたことを書いてください。")
    if heard_on > timezone.localdate():
        raise NotAllowed("話を聞いた日は、今日までの日にしてください。")
    told = said | {"department": department, "by": by, "heard_on": heard_on}
    hint, is_new = Hint.objects.get_or_create(key=key, defaults=told)
    if is_new:
        mail.queue_hint_for_desk(hint)
    return hint


@transaction.atomic
def join(hint: Hint, proposal: Proposal, *, by) -> Hint:
    """It belongs to a case there is already: a contact of it, on the day the section heard it.

    Refuses anybody but the desk, and a hint taken before.
    """
    hint = _take(hint, by=by)
    note_encounter(
        proposal,
        by=by,
        kind=hint.how,
        on=hint.heard_on,
        who=hint.person,
        text=f"{hint.department}が聞きました。{hint.text}",
        key=f"hint-{hint.pk}",
        is_sure=True,
        reason=WHY_FIRST,
    )
    return _answered(hint, proposal=proposal)


@transaction.atomic
def enter(hint: Hint, *, by, **entry) -> Proposal:
    """Key it in as a new case, as `intake.enter` does; a second press finds the first.

    Refuses what that refuses, and a hint taken otherwise meanwhile: then nothing is keyed in.
    """
    case = intake.enter(by=by, **entry)
    if Hint.objects.select_for_update().get(pk=hint.pk).proposal_id != case.pk:
        _answered(_take(hint, by=by), proposal=case)
    return case


@transaction.atomic
def answer(hint: Hint, *, by, words: str) -> Hint:
    """It becomes no case here: the section is told why and where it went. Refuses none of these words."""
    hint = _take(hint, by=by)
    if is_blank(words):
        raise NotAllowed("課への返事を書いてください。どこへつないだか、なぜ案件にしないかが伝わるように。")
    return _answered(hint, answer=words.strip())


def _take(hint: Hint, *, by) -> Hint:
    access.require(by, Role.DESK)
    hint = Hint.objects.select_for_update().get(pk=hint.pk)
    if hint.answered_on:
        raise NotAllowed(TAKEN)
    return hint


def _answered(hint: Hint, **columns) -> Hint:
    for name, value in columns.items():
        setattr(hint, name, value)
    hint.answered_on = timezone.localdate()
    hint.save()
    mail.queue_hint_for_section(hint)
    return hint

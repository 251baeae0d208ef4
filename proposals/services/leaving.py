"""A part of the town that leaves the register, or says no: what was arranged with it ends at once."""

from django.db import transaction
from django.utils import timezone

from cityhall import post
from cityhall.models import OutgoingMail, Posting
from proposals import mail, town_book
from proposals.models import Introduction, MatchParty, Resource
from proposals.services.recording import note_fact
from proposals.workflow import Kind

ENDED = "相手の団体の希望により、会わないことになりました。"
WITHOUT = "会う予定の団体の1つが、希望により外れました。予定を確かめてください。"


def end_what_is_open(resource: Resource, *, actor: Posting) -> None:
    """Take it out of the meetings to come and of what is not agreed yet; what was held or agreed stands.

    A meeting with nobody else ends; an invitation that names it and has not left is written anew without it.
    The caller's transaction has the resource locked.
    """
    transaction.on_commit(town_book.forget)
    letters = OutgoingMail.objects.all()
    post.recall(letters.filter(key__endswith=f":partner:{resource.pk}"))
    MatchParty.objects.filter(resource=resource, match__agreed_on__isnull=True).delete()
    to_come = Introduction.objects.to_come().filter(resources=resource).order_by("proposal", "pk")
    for meeting in to_come.select_related("proposal"):
        meeting.resources.remove(resource)
        meeting.version += 1
        is_empty = not (meeting.resources.exists() or meeting.departments.exists())
        if is_empty:
            meeting.result, meeting.result_text = Introduction.Result.NOT_MET, ENDED
            meeting.result_on = timezone.localdate()
        meeting.save()
        invited = f"{meeting.proposal.number}:introduction:{meeting.pk}:"
        if post.recall(letters.filter(key__startswith=invited)) and not is_empty:
            mail.queue_introduction(meeting)
        data = {"introduction": meeting.pk, "how": "result" if is_empty else "left", "result": meeting.result}
        text = ENDED if is_empty else WITHOUT
        note_fact(meeting.proposal, Kind.INTRODUCED, actor=actor, text=text, data=data)
        if is_empty and meeting.on >= timezone.localdate():
            mail.queue_called_off_for_proposer(meeting)

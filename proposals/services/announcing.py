"""The result in the proposer's hands: what the section decided is public only from here on."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Announcement, Proposal
from proposals.services.recording import note_fact
from proposals.workflow import Kind

NOTHING = "お知らせする結果がありません。もうお知らせしたか、まだ判断がありません。"


@transaction.atomic
def announce(proposal: Proposal, *, by, text: str, version: int | None = None) -> Announcement:
    """Tell the proposer what the section decided, once for each verdict, on their page and by letter.

    Refuses anybody but the desk, an empty text, and a case with nothing to tell, or told before.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if not proposal.is_to_announce:
        raise NotAllowed(NOTHING)
    if not text.strip():
        raise NotAllowed("お知らせの文を書いてください。")
    told = proposal.result
    record = note_fact(proposal, Kind.ANNOUNCED, actor=posting, verdict=told, data={"verdict": told})
    announcement = Announcement.objects.create(
        proposal=proposal, record=record, verdict=told, text=text.strip(), by=by
    )
    mail.queue_announcement(announcement)
    return announcement

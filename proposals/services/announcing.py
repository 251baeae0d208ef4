"""The result in the proposer's hands: what the section decided is public only from here on."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Announcement, Proposal
from proposals.pointers import needs_seed
from proposals.services.recording import note_fact
from proposals.workflow import Kind

NOTHING = "お知らせする結果がありません。もうお知らせしたか、まだ判断がありません。"
NO_SEED = "お知らせの前に、いつまた見るか（種の条件）を1つ決めてください。"


@transaction.atomic
def announce(proposal: Proposal, *, by, text: str, version: int | None = None) -> Announcement:
    """Tell the proposer what the section decided, once for each verdict, on their page and by letter.

    Refuses anybody but the desk, an empty text, a case with nothing to tell, or told before, and a "no"
    without a seed that brings it back.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    if not proposal.is_to_announce:
        raise NotAllowed(NOTHING)
    if not text.strip():
        raise NotAllowed("お知らせの文を書いてください。")
    if needs_seed(proposal):
        raise NotAllowed(NO_SEED)
    told = proposal.result
    record = note_fact(proposal, Kind.ANNOUNCED, actor=posting, verdict=told, data={"verdict": told})
    announcement = Announcement.objects.create(
        proposal=proposal, record=record, verdict=told, text=text.strip(), by=by
    )
    mail.queue_announcement(announcement)
    mail.queue_results_for_hints(proposal)
    return announcement

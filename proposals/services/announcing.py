"""The result in the proposer's hands: what the section decided is public only from here on."""

from django.db import transaction

from cityhall import access, pdf_fonts, wake
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import letter_paper, mail
from proposals.letters import official
from proposals.models import Announcement, Proposal
from proposals.pointers import needs_seed
from proposals.services.recording import note_fact
from proposals.workflow import Kind

NOTHING = "お知らせする結果がありません。もうお知らせしたか、まだ判断がありません。"
UNREAD = (
    "この画面を開いたあとに、結果をお知らせしました。あなたの文は、まだ送られていません。"
    "進みぐあいのページでお知らせを読んでから、この文でよければ、もう一度ボタンを押してください。"
)
NO_SEED = "お知らせの前に、いつまた見るか（種の条件）を1つ決めてください。"


@transaction.atomic
def announce(proposal: Proposal, *, by, text: str, version: int | None = None, **letter) -> Announcement:
    """Tell the proposer what the section decided, once for each verdict, on their page and by letter.

    `letter` are document_number, dated_on, addressee, sender and subject, where they differ from the draft.
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
    told, drafted = proposal.result, official(proposal) | {name: v for name, v in letter.items() if v}
    record = note_fact(proposal, Kind.ANNOUNCED, actor=posting, verdict=told, data={"verdict": told})
    announcement = Announcement.objects.create(
        proposal=proposal, record=record, verdict=told, by=by, **drafted | {"text": text.strip()}
    )
    mail.queue_announcement(announcement)
    mail.queue_results_for_hints(proposal)
    mail.queue_results_for_sections(announcement)
    transaction.on_commit(_wake_up, robust=True)
    return announcement


def refuse_unread(case: Proposal, letter: int | None) -> None:
    """Refuse what a proposer wrote on a page that knew an older letter than the newest, or none (0).

    The case is locked, so that of an announcement and a press at the same moment one is first.
    """
    if letter is not None and newest(case) != letter:
        raise NotAllowed(UNREAD)


def newest(case: Proposal) -> int:
    """The newest letter of a case by its key; 0 where none was written."""
    return case.announcements.order_by("pk").values_list("pk", flat=True).last() or 0


def print_waiting(limit: int = 10) -> int:
    """Make the PDFs of letters that have none; returns how many. Safe to run twice at once."""
    made = 0
    for letter in Announcement.objects.to_print().select_related("proposal")[:limit]:
        try:
            name = letter_paper.put_away(letter)
        except pdf_fonts.NoPango:
            return made  # the page to print stays
        if Announcement.objects.filter(pk=letter.pk, paper="").update(paper=name):
            made += 1
        else:
            letter_paper.discard(name)  # another worker was first
    return made


def _wake_up() -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it (D2)."""
    from proposals.tasks import print_letters

    wake.soon(print_letters)

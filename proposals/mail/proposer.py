"""Letters to the proposer: what happened, never what was written; the page behind the code tells it."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import address, queue, round_of
from proposals.models import Announcement, Message, OneTimeNumber, Proposal, ProposalRecord, Submission
from proposals.told import merged_number, told
from proposals.workflow import PUBLIC_WORDS, TIME_TO_UNDO, Step

# Moves worth a letter: new people read the case, one is about to meet them, the long wait begins.
# ② and ⑤ are worked out together with the proposer; endings are told by an announcement alone.
TOLD_MOVES = ("start_hearing", "start_matching", "refer")


def queue_receipt(proposal: Proposal) -> OutgoingMail | None:
    """The case has arrived; the code is never in a letter. A held case is written to once it is let in."""
    if proposal.is_held:
        return None
    return write(proposal, "receipt", "受け付けました", key="receipt", from_outside=True)


def queue_question(message: Message) -> OutgoingMail | None:
    """The desk asks something and waits for the answer until a day."""
    return _write_of(message, "question", "お返事をお願いします")


def queue_told(message: Message) -> OutgoingMail | None:
    """The desk tells something and waits for nothing."""
    return _write_of(message, "told", "窓口からの連絡があります")


def queue_announcement(announcement: Announcement) -> OutgoingMail | None:
    """There is a result to be read; which, only the page says."""
    key = f"announcement:{announcement.pk}"
    subject, said = "結果のお知らせがあります", {"announcement": announcement}
    return write(announcement.proposal, "announcement", subject, key=key, said=said)


def queue_revised(proposal: Proposal, submission: Submission) -> OutgoingMail | None:
    """The rewritten proposal has arrived."""
    return write(
        proposal,
        "revised",
        "書き直しを受け取りました",
        key=f"revised:{submission.version}",
        said={"submission": submission},
        from_outside=True,
    )


def queue_address_changed(proposal: Proposal, *, before: str) -> OutgoingMail | None:
    """Whoever had the letters so far is told that they go elsewhere now, though not where."""
    return queue(
        proposal,
        f"address:{proposal.version}",
        to=before,
        subject=f"【{office()['city']}】連絡先のメールアドレスが変わりました",
        template="address_changed",
        from_outside=True,
    )


def queue_withdrawn(proposal: Proposal) -> OutgoingMail | None:
    """The proposer's own withdrawal has arrived."""
    key = f"withdrawn:{round_of(proposal)}"
    return write(proposal, "withdrawn", "取下げを受け取りました", key=key, from_outside=True)


def queue_moved(record: ProposalRecord) -> OutgoingMail | None:
    """The case came to a step a proposer wants to hear of; of other moves, of endings, and while a verdict is
    not announced, no letter. It waits while the move may be taken back."""
    case = record.subject
    if record.data.get("move") not in TOLD_MOVES or told(case).is_pending:
        return None
    name, what = PUBLIC_WORDS[record.target]
    key = f"moved:{record.target}:{round_of(case)}"
    said = {"record": record, "name": name, "what": what, "is_decision": record.target == Step.DECISION}
    return write(case, "moved", "次の段階へ進みました", key=key, said=said, waits=TIME_TO_UNDO)


def letters_of_move(record: ProposalRecord) -> QuerySet[OutgoingMail]:
    """The letters this very move wrote, not those an earlier one like it wrote."""
    number = record.subject.number
    tell = Q(key__startswith=f"{number}:moved:") | Q(key__startswith=f"{number}:handed-on:")
    return OutgoingMail.objects.filter(tell, created_at__gte=record.entered_at)


def queue_merged(record: ProposalRecord) -> OutgoingMail | None:
    """The case goes on as another; which, only its own organisation is told. Of a held case, no letter."""
    case = record.subject
    if case.is_held:
        return None
    said = {"into": merged_number(case)}
    return write(case, "merged", "1つにまとめました", key=f"merged:{record.sequence}", said=said)


def queue_one_time_number(sent: OneTimeNumber, digits: str, *, minutes: int = 15) -> OutgoingMail | None:
    """The number that gives a lost code anew; the letter's text is wiped when it has left or is too late."""
    until = sent.sent_at + timedelta(minutes=minutes)
    return write(
        sent.proposal,
        "one_time_number",
        "再発行の番号",
        key=f"one-time:{sent.pk}",
        said={"digits": digits, "until": until, "minutes": minutes},
        is_secret=True,
        expires_at=until,
    )


def _write_of(message: Message, template: str, subject: str) -> OutgoingMail | None:
    key = f"message:{message.pk}"
    return write(message.proposal, template, subject, key=key, said={"message": message})


def write(
    proposal: Proposal, template: str, subject: str, *, key: str, said: dict | None = None, **how
) -> OutgoingMail | None:
    """Queue a letter to whom the proposer named; without an address, none."""
    contact = getattr(proposal, "contact", None)
    return queue(
        proposal,
        key,
        to=contact.email if contact else "",
        subject=f"【{office()['city']}】{subject}",
        template=template,
        said={"url": address(reverse("public:receipt")), **(said or {})},
        **how,
    )

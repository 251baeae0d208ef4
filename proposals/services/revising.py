"""The proposer rewrites what was sent: each time a new version, and nobody touches the one before."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.refusal import NotAllowed, Stale
from cityhall.workflow import lock
from proposals import mail
from proposals.differences import changed
from proposals.models import Contact, Organization, Proposal, Submission
from proposals.services import attachments, contacts, indexing
from proposals.services.announcing import refuse_unread
from proposals.services.recording import note_fact
from proposals.told import told
from proposals.workflow import REVISABLE, Kind

TOO_LATE = (
    "いまの段階では、書き直しを受け取れません。直したいところは、この文を控えて、窓口へお電話ください。"
)
OVERTAKEN = (
    "この画面を開いたあとに、同じ団体の方が先に書き直しました。あなたの文は、まだ送られていません。"
    "下で2つを見比べて、残す文に整えてから、もう一度押してください。"
)


def is_open(proposal: Proposal) -> bool:
    """Whether the proposer may rewrite: at ①–⑤, and not while a verdict waits to be announced."""
    return proposal.step in REVISABLE and not told(proposal).is_pending


@transaction.atomic
def revise(
    proposal: Proposal,
    *,
    words: dict,
    contact: dict,
    key: str,
    seen: int,
    organization: dict | None = None,
    as_proposal: bool = False,
    papers: Iterable[UploadedFile] = (),
    letter: int | None = None,
) -> Submission | None:
    """Store the words as the next version, once for the key; None when nothing is new, and nothing is stored.

    `words` and `contact` are columns of Submission and Contact; `organization` fills what is blank of an
    organisation that has no other case. `seen` is the version the page showed. `as_proposal` makes a 相談
    a 提案 as of today (t1). Refuses: a case at ⑥ or ended, a version in between, other words under the key,
    papers nobody can take in, a page drawn before the newest `letter`.
    """
    case = lock(proposal)
    if sent := _sent_before(case, key, words, contact):
        return sent
    refuse_unread(case, letter)
    if not is_open(case):
        raise NotAllowed(TOO_LATE)
    latest = case.latest_submission
    if latest.version != seen:
        raise Stale(OVERTAKEN)
    papers, becomes = list(papers), as_proposal and not case.is_proposal
    more = {"papers": papers, "track": becomes}
    names = [*_news(case, latest, words, contact), *(name for name, is_new in more.items() if is_new)]
    if not names:
        return None
    fresh = _next_version(latest, words | {"key": key})
    attachments.attach_to_submission(fresh, papers)
    lines = contacts.write(case, contact)
    _fill_in(case.organization, organization or {})
    _record(case, fresh, {"changed": names, **({"contact": lines} if lines else {})}, becomes)
    return fresh


def _sent_before(case: Proposal, key: str, words: dict, contact: dict) -> Submission | None:
    """The version of this key; refuses words changed since, which would else be lost unseen."""
    sent = Submission.objects.filter(key=key).first()
    if sent and (sent.proposal_id != case.pk or _news(case, sent, words, contact)):
        raise Stale(OVERTAKEN)
    return sent


def _news(case: Proposal, latest: Submission, words: dict, contact: dict) -> list[str]:
    known = getattr(case, "contact", Contact())
    is_new = any(getattr(known, name) != value for name, value in contact.items())
    return [*changed(latest, words), *(["contact"] if is_new else [])]


def _next_version(latest: Submission, words: dict) -> Submission:
    fresh = Submission.objects.get(pk=latest.pk)
    fresh.pk, fresh._state.adding, fresh.version = None, True, latest.version + 1
    for name, value in words.items():
        setattr(fresh, name, value)
    fresh.save(force_insert=True)
    return fresh


def _fill_in(organization: Organization, columns: dict) -> None:
    """A known organisation's row is the desk's; one that came with this case alone takes what was blank."""
    blank = {name: value for name, value in columns.items() if value and not getattr(organization, name)}
    if blank and organization.proposals.count() == 1:
        for name, value in blank.items():
            setattr(organization, name, value)
        organization.save(update_fields=list(blank))
        indexing.renamed(organization)


def _record(case: Proposal, fresh: Submission, news: dict, becomes: bool) -> None:
    repeated = {"title": fresh.title, "fields": fresh.fields}
    data = {"version": fresh.version, **news}
    if becomes:
        note_fact(case, Kind.RECEIVED, actor=ActedAs.PROPOSER, on=timezone.localdate())
    note_fact(case, Kind.REVISED, actor=ActedAs.PROPOSER, data=data, changes=repeated)
    mail.queue_revised(case, fresh)
    mail.queue_revised_for_desk(case, fresh)

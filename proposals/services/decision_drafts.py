"""判断の下書き: what a member or the desk prepares for ⑥; only a head's confirmation makes it a decision."""

from collections.abc import Iterable
from contextlib import ExitStack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cityhall import access
from cityhall.models import Department, Role
from cityhall.refusal import NotAllowed, Stale
from cityhall.uploads import store
from cityhall.workflow import lock
from proposals import mail
from proposals.models import Decision, DecisionDraft, DecisionPaper, Proposal
from proposals.services.attachments import add, forget
from proposals.services.recording import note_fact
from proposals.services.typed import storable
from proposals.workflow import Kind, Step

NOT_NOW = "判断の下書きは、⑥案件化判断の案件にだけ書けます。"
CHANGED = "この画面を開いたあとに、下書きが書き直されました。両方の文を確かめてください。"
OURS = "所管課が自分の下書きを書いています。代理入力はできません。"
NO_PAPER = "決裁の写しを付けてください。代理入力には、紙の決裁が要ります。"
MOST = 5  # papers of one decision


@transaction.atomic
def save(proposal: Proposal, *, by, said: dict, draft_version: int, hands_up: bool = False) -> DecisionDraft:
    """Keep what a member or a head of the section in charge typed; handed up, the heads are told.

    Refuses: other people, a case not at ⑥, a draft somebody rewrote meanwhile.
    """
    access.require(by, Role.MEMBER, Role.HEAD, department=_section(proposal))
    case = lock(proposal)
    draft = _write(case, _current(case, draft_version), by=by, said=said)
    if hands_up:
        draft.handed_at = timezone.now()
        draft.save(update_fields=["handed_at"])
        mail.queue_draft_to_confirm(draft)
    return draft


@transaction.atomic
def prepare(
    proposal: Proposal,
    *,
    by,
    said: dict,
    draft_version: int,
    uploads: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> DecisionDraft:
    """代理入力: the desk puts down what the paper 決裁 says and attaches it; a head of the section confirms.

    Refuses: anybody but the desk, a case not at ⑥, no paper, a draft of the section's own, a draft somebody
    rewrote meanwhile, and what `uploads` refuses.
    """
    posting = access.require(by, Role.DESK)
    case = lock(proposal, version=version)
    draft = _current(case, draft_version)
    if draft and not draft.is_by_proxy:
        raise NotAllowed(OURS)
    _attach(case, list(uploads), by=by)
    if not waiting_papers(case).exists():
        raise NotAllowed(NO_PAPER)
    note_fact(case, Kind.DRAFTED, actor=posting, department=case.department, data={"proxy": True})
    case.refresh_from_db()
    draft = _write(case, draft, by=by, said=said, is_by_proxy=True, handed_at=timezone.now())
    mail.queue_draft_to_confirm(draft)
    return draft


@transaction.atomic
def send_back(proposal: Proposal, *, by, text: str, draft_version: int) -> DecisionDraft:
    """A head asks for another draft, in words; refuses others, no words, a draft changed meanwhile."""
    access.require(by, Role.HEAD, department=_section(proposal))
    draft = _current(lock(proposal), draft_version)
    if draft is None:
        raise NotAllowed("書き直しを頼む下書きが、ありません。")
    if not text.strip():
        raise NotAllowed("どこを直してほしいかを書いてください。")
    draft.returned_by, draft.returned_text, draft.handed_at = by, text.strip(), None
    draft.version += 1
    draft.save()
    mail.queue_draft_returned(draft)
    return draft


@transaction.atomic
def discard(proposal: Proposal, *, by, draft_version: int) -> None:
    """Throw a draft away: the section's own people theirs, the desk what it prepared, with its papers."""
    case = lock(proposal)
    draft = _current(case, draft_version)
    if draft is None:
        return
    if draft.is_by_proxy:
        access.require(by, Role.DESK)
    else:
        access.require(by, Role.MEMBER, Role.HEAD, department=_section(case))
    forget(waiting_papers(case))
    draft.delete()


def take(case: Proposal, draft_version: int | None) -> DecisionDraft | None:
    """The draft the confirming page showed, on the locked case; refuses one changed meanwhile."""
    if draft_version is None:
        return DecisionDraft.objects.filter(proposal=case).first()
    return _current(case, draft_version)


def use_up(draft: DecisionDraft | None, decision: Decision) -> None:
    """The draft has become a decision: its papers go along, and it is gone."""
    if draft is None:
        return
    waiting_papers(draft.proposal).update(decision=decision)
    draft.delete()


def waiting_papers(case: Proposal) -> QuerySet[DecisionPaper]:
    """The papers attached to what is not decided yet."""
    return DecisionPaper.objects.filter(proposal=case, decision__isnull=True)


def _section(case: Proposal) -> Department:
    if case.department is None:
        raise NotAllowed(NOT_NOW)
    return case.department


def _current(case: Proposal, version: int) -> DecisionDraft | None:
    draft = DecisionDraft.objects.select_for_update().filter(proposal=case).first()
    if (draft.version if draft else 0) != version:
        raise Stale(CHANGED)
    return draft


def _write(case: Proposal, draft: DecisionDraft | None, *, by, said: dict, **more) -> DecisionDraft:
    if case.step != Step.DECISION:
        raise NotAllowed(NOT_NOW)
    draft = draft or DecisionDraft(proposal=case, version=0)
    draft.said, draft.saved_by, draft.case_version = storable(said), by, case.version
    draft.version += 1
    draft.handed_at, draft.returned_by, draft.returned_text = None, None, ""
    for name, value in more.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def _attach(case: Proposal, uploads: list[UploadedFile], *, by) -> None:
    if len(uploads) + waiting_papers(case).count() > MOST:
        raise NotAllowed(f"決裁の写しは{MOST}つまでです。")
    with ExitStack() as files:
        new = [files.enter_context(store.kept(upload)) for upload in uploads]
        add(DecisionPaper, new, proposal=case, added_by=by)

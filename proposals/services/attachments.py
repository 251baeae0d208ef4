"""Papers that come with a draft, a message or a revision: taken in, passed on, scanned, forgotten."""

import logging
from collections.abc import Iterable
from contextlib import ExitStack

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from cityhall import wake
from cityhall.refusal import NotAllowed
from cityhall.uploads import scan, store
from cityhall.workflow import lock
from proposals.models import Attachment, Draft, Message, Proposal, Submission
from proposals.models.attachment import StoredFile

log = logging.getLogger(__name__)
Scan = StoredFile.Scan

MOST = 5  # files with one draft, one message, one revision
MB = 1024 * 1024
CASE_BYTES = 100 * MB  # all files of a case together
TOO_MANY = "書類は5つまでです。いま{}あります。要らないものを外してから、加えてください。"
TOO_MANY_AT_ONCE = "書類は一度に5つまでです。{}選ばれています。残りは次の文に付けてください。"
CASE_FULL = "この案件の書類は、合わせて100MBまでです。小さくするか、窓口へお電話ください。"
ALREADY_SENT = "この下書きは送信済みです。書類は、受付番号の画面から文に付けて送れます。"
FORGOTTEN = "この下書きは、残す期限が過ぎました。もう一度はじめてください。"


# --- taken in ---------------------------------------------------------------


def attach_all_to_draft(draft: Draft, uploads: Iterable[UploadedFile]) -> list[str]:
    """Add what can be added to what somebody is writing; returns a sentence for each file that was refused.

    The same file twice is one. Refuses: what `uploads.check` refuses, a sixth file, a draft already sent, a
    full disk.
    """
    refusals, new = [], []
    try:
        with ExitStack() as files:
            for upload in uploads:
                try:
                    new.append(files.enter_context(store.kept(upload)))
                except NotAllowed as refusal:
                    refusals.append(str(refusal))
            refusals += _add_to_draft(draft, new) if new else []
    except NotAllowed as refusal:  # of the draft
        refusals.append(str(refusal))
    return refusals


@transaction.atomic
def _add_to_draft(draft: Draft, new: list[store.Kept]) -> list[str]:
    _touch(draft)
    there = set(draft.attachments.values_list("sha256", "original_name"))
    fresh, refusals = [], []
    for file in new:
        if len(there) < MOST and (file.sha256, file.original_name) not in there:
            there.add((file.sha256, file.original_name))
            fresh.append(file)
            continue
        store.discard(file.name)
        if (file.sha256, file.original_name) not in there:
            refusals.append(TOO_MANY.format(f"{len(there)}つ"))
    add(Attachment, fresh, draft=draft)
    return refusals


@transaction.atomic
def attach_to_message(message: Message, uploads: Iterable[UploadedFile]) -> list[Attachment]:
    """Add the files of a message, all or none; refuses as for a draft, and a case that is full."""
    return _attach_all(message.proposal, list(uploads), message=message)


@transaction.atomic
def attach_to_submission(submission: Submission, uploads: Iterable[UploadedFile]) -> list[Attachment]:
    """Add the files of a revision, all or none; refuses as for a message."""
    return _attach_all(submission.proposal, list(uploads), submission=submission)


def _touch(draft: Draft) -> None:
    """Hold the draft until we commit, unless it was sent or forgotten.

    A page that showed other files is out of date: nobody sends what they have not seen.
    """
    now, this = timezone.now(), Draft.objects.filter(pk=draft.pk)
    if not this.filter(sent_as=None).update(saved_at=now):
        raise NotAllowed(ALREADY_SENT if this.exists() else FORGOTTEN)
    draft.saved_at = now


def _attach_all(case: Proposal, uploads: list[UploadedFile], **came_with) -> list[Attachment]:
    if len(uploads) > MOST:
        raise NotAllowed(TOO_MANY_AT_ONCE.format(f"{len(uploads)}つ"))
    with ExitStack() as files:
        new = [files.enter_context(store.kept(upload)) for upload in uploads]
        if new:
            _check_case(lock(case), sum(file.size for file in new))
        return add(Attachment, new, proposal=case, **came_with)


def _check_case(case: Proposal, more: int) -> None:
    if (case.attachments.aggregate(bytes=Sum("size"))["bytes"] or 0) + more > CASE_BYTES:
        raise NotAllowed(CASE_FULL)


def add(kind: type[StoredFile], files: Iterable[store.Kept], **belongs_to) -> list[StoredFile]:
    """The rows of files just kept, in one statement, waiting for the scanner."""
    state = Scan.PENDING if settings.CLAMD_URL else Scan.UNSCANNED
    transaction.on_commit(_wake_up, robust=True)
    return kind.objects.bulk_create(kind(scan=state, **vars(file), **belongs_to) for file in files)


def _wake_up() -> None:
    """Ask a worker to scan now; when none can be asked, the run on beat does it (D2)."""
    if not settings.CLAMD_URL:
        return
    from proposals.tasks import scan_attachments

    wake.soon(scan_attachments)


# --- passed on, taken off -----------------------------------------------------


def pass_on(draft: Draft, submission: Submission) -> int:
    """The draft's files become those of what was sent, in one statement; returns how many."""
    return draft.attachments.update(draft=None, proposal=submission.proposal_id, submission=submission)


@transaction.atomic
def remove_from_draft(draft: Draft, name: str) -> None:
    """Take a file off again; one that is not there (any more) is no mistake."""
    if forget(draft.attachments.filter(name=name)):
        _touch(draft)


@transaction.atomic
def forget(files: QuerySet[StoredFile]) -> int:
    """Delete the rows, and their files once that is sure; returns how many."""
    names = list(files.select_for_update().values_list("name", flat=True))
    files.model.objects.filter(name__in=names).delete()
    store.discard_on_commit(names)
    return len(names)


# --- scanned and swept --------------------------------------------------------


def kinds() -> list[type[StoredFile]]:
    """Every kind of file that lies in the folder, those of upper floors too."""
    return StoredFile.__subclasses__()


def scan_waiting(limit: int = 50) -> int:
    """Scan what nobody has scanned yet; returns how many got an answer. Safe to run twice at once.

    Without a scanner they are 未検査; a scanner that does not answer leaves them for the next run.
    """
    if not settings.CLAMD_URL:
        for kind in kinds():
            kind.objects.waiting_for_scan().filter(scan=Scan.PENDING).update(scan=Scan.UNSCANNED)
        return 0
    try:
        return sum(_scan(kind, name) for kind in kinds() for name in _waiting_names(kind, limit))
    except scan.Silent as silence:
        log.warning("the scanner does not answer: %s", silence)
        return 0


def _waiting_names(kind: type[StoredFile], limit: int) -> list[str]:
    """In any order, so that one that hangs is not always first."""
    return list(kind.objects.waiting_for_scan().order_by("?").values_list("name", flat=True)[:limit])


def _scan(kind: type[StoredFile], name: str) -> bool:
    try:
        with store.place_of(name).open("rb") as file:
            state = scan.scan(file)
    except FileNotFoundError:
        return False  # taken off meanwhile, or told by the sweep
    found = kind.objects.filter(name=name).update(scan=state, scanned_at=timezone.now())
    if state == Scan.INFECTED:
        log.warning("something dangerous in attachment %s", name)
    return bool(found)


def sweep_files() -> list[str]:
    """Take files without a row off the disk; returns the rows that lost their file, and logs them."""
    there = store.on_disk()
    known = {name for kind in kinds() for name in kind.objects.values_list("name", flat=True)}
    missing = store.sweep(there, known)
    if missing:
        log.error("%d attachments have lost their file: %s", len(missing), ", ".join(missing[:20]))
    return missing

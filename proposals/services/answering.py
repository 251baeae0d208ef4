"""How a section comes to its answer: members draft, a head confirms exactly what stands there."""

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed, Stale
from cityhall.workflow import lock
from proposals import mail
from proposals.models import AnswerDraft, Hearing
from proposals.services import hearings
from proposals.services.typed import storable

OVERTAKEN = "この画面を開いたあとに、{}さんが下書きを保存しました。"


def draft_of(hearing: Hearing) -> AnswerDraft:
    """The draft of a sheet as it is stored, or an empty one nobody has saved yet."""
    found = AnswerDraft.objects.select_related("saved_by", "handed_up_by", "returned_by")
    return found.filter(hearing=hearing).first() or AnswerDraft(hearing=hearing)


@transaction.atomic
def save(hearing: Hearing, *, by, said: dict, version: int) -> AnswerDraft:
    """Keep what was typed, checked or not; words that change take back the wish for confirmation.

    Refuses: people outside the section, a sheet answered or waived, a draft saved since the page was opened.
    """
    access.require(by, Role.MEMBER, Role.HEAD, department=hearing.department)
    return _keep(_current(hearing, version), by=by, said=said)


@transaction.atomic
def hand_up(hearing: Hearing, *, by, said: dict, version: int) -> AnswerDraft:
    """Keep what was typed and ask the head to confirm it, once for each state of it; refuses as `save`."""
    draft = save(hearing, by=by, said=said, version=version)
    if not draft.is_handed_up:
        draft.handed_up_by, draft.handed_up_at = by, timezone.now()
        draft.returned_by, draft.returned_at, draft.returned_words = None, None, ""
        draft.save()
        mail.queue_answer_to_confirm(hearing, draft.version)
    return draft


@transaction.atomic
def give_back(hearing: Hearing, *, by, words: str, said: dict, version: int) -> AnswerDraft:
    """A head asks for a rewrite, in words; what the head typed meanwhile is kept. Refuses without words."""
    access.require(by, Role.HEAD, department=hearing.department)
    if not words.strip():
        raise NotAllowed("何を書き直してほしいかを書いてください。")
    draft = _keep(_current(hearing, version), by=by, said=said)
    draft.handed_up_by = draft.handed_up_at = None
    draft.returned_by, draft.returned_at, draft.returned_words = by, timezone.now(), words.strip()
    draft.save()
    mail.queue_answer_returned(hearing, draft.version)
    return draft


@transaction.atomic
def confirm(hearing: Hearing, *, by, said: dict, version: int, **answer) -> Hearing:
    """A head gives the section's answer, as it was read or as the head changed it on the same page.

    Refuses what `hearings.answer` refuses, and words saved by somebody else since the page was opened.
    """
    access.require(by, Role.HEAD, department=hearing.department)
    lock(hearing.proposal)
    draft = _current(hearing, version)
    wrote = draft.handed_up_by or draft.saved_by
    _keep(draft, by=by, said=said)
    return hearings.answer(hearing, by=by, drafted_by=wrote, **answer)


def _current(hearing: Hearing, version: int) -> AnswerDraft:
    """The draft, locked with its sheet until the caller's transaction ends; refuses an out-of-date page."""
    now = Hearing.objects.select_for_update(of=["self"]).select_related("proposal").get(pk=hearing.pk)
    if not now.proposal.is_open:
        raise NotAllowed("この案件は終わっています。お返事は要りません。")
    if not now.is_open:
        raise NotAllowed("このつなぐシートには、もう返事があります。画面を開き直してください。")
    draft = draft_of(now)
    if draft.version != version:
        raise Stale(OVERTAKEN.format(draft.saved_by.name if draft.saved_by else ""))
    return draft


def _keep(draft: AnswerDraft, *, by, said: dict) -> AnswerDraft:
    said = storable(said)
    if said != draft.said or draft.pk is None:
        draft.said, draft.version = said, draft.version + 1
        draft.saved_by, draft.saved_at = by, timezone.now()
        draft.handed_up_by = draft.handed_up_at = None
        draft.save()
    return draft

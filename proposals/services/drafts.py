"""What somebody is still writing (下書き): kept without an account, sent once, forgotten in time."""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cityhall import text
from cityhall.refusal import NotAllowed, Stale
from proposals.models import Draft, Proposal, Track
from proposals.services import attachments, intake
from proposals.services.receipts import CODE_ALPHABET, hash_code
from proposals.services.typed import storable

CODE_LENGTH = 16  # 79 bits
MOST_BYTES = 200_000  # what a draft may hold; the whole form filled to its limits is about 25 kB
TRIES = 5


def start(track: str, *, theme: str = "") -> tuple[Draft, str]:
    """A fresh draft, and its code, kept only as a hash; `theme` is the number of a trouble to answer."""
    code = as_written("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)))
    draft = Draft.objects.create(
        code_hash=hash_code(code),
        key=secrets.token_urlsafe(24),
        track=track,
        answers={"answer_to": "theme", "theme": theme} if theme else {},
        kept_until=_last_day(),
    )
    return draft, code


def as_written(code: str) -> str:
    """A code as we write it, in groups of four, however it was typed."""
    letters = [sign for sign in text.search_key(code).upper() if sign in CODE_ALPHABET]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, len(letters), 4))


def open_draft(code: str) -> Draft | None:
    """The draft of this code as typed, sent or not; None where there is none or its time is over."""
    try:
        draft = Draft.objects.get(code_hash=hash_code(code))
    except Draft.DoesNotExist:
        return None
    return draft if draft.kept_until >= timezone.localdate() else None


def save(draft: Draft, answers: dict, *, track: str | None = None) -> Draft:
    """Keep these answers beside the others, as typed; the draft stays as long again from today.

    Two screens may save at once: neither loses what the other does not show. Refuses a draft that was sent
    or forgotten, and more text than MOST_BYTES.
    """
    for _ in range(TRIES):
        kept = storable(draft.answers | answers, most=MOST_BYTES)
        if _write(draft, answers=kept, track=track or draft.track, kept_until=_last_day()):
            return draft
        draft = _once_more(draft)
    raise NotAllowed("ほかの画面と同時に保存しようとしています。もう一度押してください。")


def send(
    draft: Draft,
    *,
    words: dict,
    organization: dict,
    contact: dict,
    track: Track,
    code: str,
    is_held: bool = False,
) -> tuple[Proposal, str]:
    """Send the draft with its files: one draft is one case. The case, and its receipt code.

    A second sending gives the same case, and the code only if it is the one that case was given. Refuses a
    draft that was changed on another screen meanwhile.
    """
    given = {"organization": organization, "contact": contact, "track": track, "code": code}
    try:
        with transaction.atomic():
            sent = intake.receive(words, **given, key=draft.key, is_held=is_held)
            attachments.pass_on(draft, sent)
            if not _as_read(draft).update(answers={}, sent_as=sent.proposal):
                raise Stale("ほかの画面で書き直されています。内容をもう一度お確かめください。")
    except (IntegrityError, Stale):  # somebody was quicker
        draft = Draft.objects.select_related("sent_as").filter(pk=draft.pk).first()
        if draft is None or draft.sent_as is None:
            raise
        return sent_before(draft, code=code)
    return sent.proposal, code


def sent_before(draft: Draft, *, code: str) -> tuple[Proposal, str]:
    """The case a draft was sent as; its code is empty unless it is this one and still opens the case."""
    case = draft.sent_as
    opens = case.receipt_codes.in_force().filter(code_hash=hash_code(code)).exists()
    return case, code if opens else ""


def forget_old(today: date) -> int:
    """Delete the drafts whose last day is over, with their files; how many there were."""
    old = Draft.objects.filter(kept_until__lt=today)
    for draft in old:
        _forget(draft)
    return len(old)


# --- inside ---------------------------------------------------------------


def _last_day() -> date:
    return timezone.localdate() + timedelta(days=settings.DRAFT_DAYS)


def _write(draft: Draft, **columns) -> bool:
    """Write unless somebody else did since it was read."""
    columns["saved_at"] = timezone.now()
    if not _as_read(draft).update(**columns):
        return False
    for name, value in columns.items():
        setattr(draft, name, value)
    return True


def _as_read(draft: Draft) -> QuerySet[Draft]:
    """The draft's row, unless it was written or sent since it was read."""
    return Draft.objects.filter(pk=draft.pk, saved_at=draft.saved_at, sent_as=None)


def _once_more(draft: Draft) -> Draft:
    now = Draft.objects.filter(pk=draft.pk, sent_as=None).first()
    if now is None:
        raise NotAllowed("この下書きは、もう送ったか、残す期限が過ぎたため、保存できません。")
    return now


@transaction.atomic
def _forget(draft: Draft) -> None:
    attachments.forget(draft.attachments.all())
    draft.delete()

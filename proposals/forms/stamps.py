"""The signed stamp of a confirm page: the receipt code it would give, what it showed, and when."""

import hashlib
import json

from django.core import signing

from proposals.forms.questions import Agreement
from proposals.models import Draft
from proposals.services import receipts

SALT = "proposals.stamp"
TOO_QUICK = 4  # seconds in which nobody reads the page
TRAP = "fax"  # a field people do not see (domain.md §6, row 39)


def new(draft: Draft) -> str:
    """A stamp for a page about to be drawn; it holds for this draft alone, with these answers."""
    return signing.dumps([receipts.new_code(), _shown(draft)], salt=_salt(draft))


def code_of(signed: str, draft: Draft) -> str:
    """The receipt code of a stamp of this draft; empty for one that is not ours."""
    held = _read(signed, draft)
    return held[0] if held else ""


def is_outdated(signed: str, draft: Draft) -> bool:
    """Whether the answers were changed (on another screen) since the page showed them."""
    held = _read(signed, draft)
    return bool(held) and held[1] != _shown(draft)


def is_too_quick(signed: str, draft: Draft) -> bool:
    """Whether the page came back sooner than a person reads."""
    try:
        signing.loads(signed, salt=_salt(draft), max_age=TOO_QUICK)
    except signing.BadSignature as refusal:
        return not isinstance(refusal, signing.SignatureExpired)
    return True


def _read(signed: str, draft: Draft) -> list[str] | None:
    try:
        return signing.loads(signed, salt=_salt(draft))
    except signing.BadSignature:
        return None


def _salt(draft: Draft) -> str:
    return f"{SALT}.{draft.key}"


def _shown(draft: Draft) -> str:
    answers = {name: said for name, said in draft.answers.items() if name not in Agreement.base_fields}
    told = json.dumps([draft.track, answers], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]

"""The signed stamp of a rendered form: its key, its receipt code, and when it was drawn."""

import secrets
from dataclasses import dataclass

from django.core import signing

from proposals.services import receipts

SALT = "proposals.stamp"
TOO_QUICK = 4  # seconds in which nobody fills in the form
TRAP = "fax"  # a field people do not see (domain.md §6, row 39)


@dataclass(frozen=True)
class Stamp:
    """A second sending of the same stamp is the same case with the same code."""

    key: str
    code: str


def new() -> str:
    """A stamp for a form about to be drawn."""
    return signing.dumps([secrets.token_urlsafe(24), receipts.new_code()], salt=SALT)


def read(signed: str) -> Stamp | None:
    """What a stamp holds; None for one that is not ours."""
    try:
        return Stamp(*signing.loads(signed, salt=SALT))
    except signing.BadSignature:
        return None


def is_too_quick(signed: str) -> bool:
    """Whether the form came back sooner than a person writes."""
    try:
        signing.loads(signed, salt=SALT, max_age=TOO_QUICK)
    except signing.SignatureExpired:
        return False
    return True

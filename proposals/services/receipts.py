"""The code that lets a proposer back in: made, read as typed, given anew at the desk (reliability.md D7)."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from cityhall import access, text
from cityhall.models import Role
from cityhall.workflow import lock
from proposals.models import Proposal, ReceiptCode
from proposals.services.recording import note_fact
from proposals.workflow import Kind

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
CODE_LENGTH = 30  # 148 bits


def new_code() -> str:
    """A fresh receipt code in groups of five, at least 128 bits from the system's generator."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 5] for i in range(0, CODE_LENGTH, 5))


def hash_code(code: str) -> str:
    """The hash of a code as typed: full-width, small letters, spaces and hyphens make no difference."""
    letters = "".join(ch for ch in text.search_key(code).upper() if ch in CODE_ALPHABET)
    return hashlib.sha256(letters.encode()).hexdigest()


def open_receipt(number: str, code: str) -> Proposal | None:
    """The case whose number and code these are, or None; the two failures look the same."""
    receipt = ReceiptCode.objects.filter(code_hash=hash_code(code), revoked_at__isnull=True)
    found = receipt.select_related("proposal__organization").first()
    wanted = text.search_key(number).upper().replace(" ", "")
    return found.proposal if found and found.proposal.number == wanted else None


@transaction.atomic
def issue_code(proposal: Proposal, *, by, version: int | None = None, code: str = "") -> str:
    """Give a case a fresh code, to be told once; those before it die. Refuses anybody but the desk.

    A page pressed twice brings the same `code` twice, and gets it twice.
    """
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal)
    if code and proposal.receipt_codes.in_force().filter(code_hash=hash_code(code)).exists():
        return code
    lock(proposal, version=version)
    proposal.receipt_codes.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    code = code or new_code()
    ReceiptCode.objects.create(proposal=proposal, code_hash=hash_code(code))
    note_fact(proposal, Kind.NOTE, actor=posting, data={"code": "issued"})
    return code

"""The code that lets a proposer back in, given anew at the desk."""

from django.db import transaction
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.workflow import lock
from proposals.models import Proposal, ReceiptCode
from proposals.services.intake import hash_code, new_code
from proposals.services.recording import note_fact
from proposals.workflow import Kind


@transaction.atomic
def issue_code(proposal: Proposal, *, by, version: int | None = None) -> str:
    """Give a case a fresh code, to be told once; those before it die. Refuses anybody but the desk."""
    posting = access.require(by, Role.DESK)
    proposal = lock(proposal, version=version)
    proposal.receipt_codes.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    code = new_code()
    ReceiptCode.objects.create(proposal=proposal, code_hash=hash_code(code))
    note_fact(proposal, Kind.NOTE, actor=posting, data={"code": "issued"})
    return code

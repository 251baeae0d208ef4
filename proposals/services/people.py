"""Further people of an organisation: let in by the holder of the first code, each by a code of their own."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Proposal, ReceiptCode
from proposals.services.receipts import hash_code
from proposals.services.recording import note_fact
from proposals.workflow import Kind

MOST = 10
LONGEST = 60


@transaction.atomic
def invite(first: ReceiptCode, *, label: str, code: str) -> ReceiptCode:
    """Let in one more person by a code of their own; a second press finds it made.

    Refuses codes that were given themselves, codes that were stopped, an empty label, and an eleventh person.
    """
    proposal = lock(first.proposal)
    _require_first(first)
    label = label.strip()
    if not 0 < len(label) <= LONGEST:
        raise NotAllowed(f"どなたの番号かを、{LONGEST}字までで書いてください。")
    if known := ReceiptCode.objects.filter(code_hash=hash_code(code)).first():
        return _same_press(known, proposal, label)
    if guests_of(proposal).count() >= MOST:
        raise NotAllowed(f"{MOST}人まで招けます。使わなくなった番号を止めてから、もう一度押してください。")
    guest = ReceiptCode.objects.create(
        proposal=proposal, code_hash=hash_code(code), label=label, invited_by=first
    )
    note_fact(proposal, Kind.NOTE, actor=ActedAs.PROPOSER, text=label, data={"code": "invited"})
    return guest


@transaction.atomic
def stop(first: ReceiptCode, *, guest: ReceiptCode) -> None:
    """Let a further person in no more, from now on; refuses other cases' codes and whoever was let in."""
    proposal = lock(first.proposal)
    _require_first(first)
    if not guests_of(proposal).filter(pk=guest.pk).update(revoked_at=timezone.now()):
        raise NotAllowed("この番号は、もう止まっています。")
    note_fact(proposal, Kind.NOTE, actor=ActedAs.PROPOSER, text=guest.label, data={"code": "stopped"})


def guests_of(proposal: Proposal) -> QuerySet:
    """The codes of further people now in force, whoever of the first code's holders let them in."""
    return proposal.receipt_codes.in_force().filter(invited_by__isnull=False).order_by("pk")


def _same_press(known: ReceiptCode, proposal: Proposal, label: str) -> ReceiptCode:
    """The code this page gave before; another label under it would be lost unseen."""
    is_same = known.proposal_id == proposal.pk and known.label == label and not known.revoked_at
    if not (is_same and known.invited_by_id):
        raise NotAllowed("この画面の番号は、もう出ています。もう1人分が要るときは、もう一度押してください。")
    return known


def _require_first(first: ReceiptCode) -> None:
    if not (first.is_first and ReceiptCode.objects.in_force().filter(pk=first.pk).exists()):
        raise NotAllowed("ほかの方を招けるのは、はじめの確認番号をお持ちの方だけです。")

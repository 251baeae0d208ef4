"""A lost code given anew by the proposer: eight digits by mail, typed in beside the case number (D7)."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.workflow import lock
from proposals import mail
from proposals.models import OneTimeNumber, Proposal, ReceiptCode
from proposals.services.receipts import hash_code
from proposals.services.recording import note_fact
from proposals.workflow import Kind

LASTS = timedelta(minutes=15)
NOT_BEFORE = timedelta(hours=1)
TRIES = 5
NO_HASH = "!"  # nothing matches it, and finding that out takes as long as a wrong number


def send_number(number: str) -> None:
    """Mail eight digits to the registered address of that case, once an hour; says nothing of what it did.

    Whoever asks is answered the same, after the same work, whether there is such a case and address or not.
    """
    digits = f"{secrets.randbelow(10**8):08}"
    number_hash = make_password(digits)
    found = Proposal.objects.filter(number=number, contact__email__gt="").first()
    if found:
        _send(found, digits, number_hash)


@transaction.atomic
def _send(proposal: Proposal, digits: str, number_hash: str) -> None:
    proposal = lock(proposal)
    if proposal.one_time_numbers.filter(sent_at__gt=timezone.now() - NOT_BEFORE).exists():
        return
    sent = OneTimeNumber.objects.create(proposal=proposal, number_hash=number_hash)
    mail.queue_one_time_number(sent, digits)


def give_anew(number: str, *, digits: str, code: str) -> Proposal | None:
    """Make `code` the first code of that case for the right digits, once; None for whatever is not right.

    The first code before it dies, those of further people stay. A second press finds the code given.
    """
    if found := _given(number, code):
        return found
    sent = _take_a_try(number)
    is_right = check_password(digits, sent.number_hash if sent else NO_HASH)
    given = _exchange(sent, code) if sent and is_right else None
    return given or _given(number, code)  # or pressed twice at once


def _given(number: str, code: str) -> Proposal | None:
    """The case that has this very code now: it was pressed before."""
    codes = ReceiptCode.objects.in_force().filter(proposal__number=number, code_hash=hash_code(code))
    found = codes.select_related("proposal").first()
    return found.proposal if found else None


def _take_a_try(number: str) -> OneTimeNumber | None:
    """The number now in force, one try less; counted before it is looked at, so that none is free."""
    last = OneTimeNumber.objects.filter(proposal__number=number).select_related("proposal").last()
    in_force = OneTimeNumber.objects.filter(
        pk=last.pk if last else 0,
        used_at__isnull=True,
        tries__lt=TRIES,
        sent_at__gt=timezone.now() - LASTS,
    )
    return last if in_force.update(tries=F("tries") + 1) else None


@transaction.atomic
def _exchange(sent: OneTimeNumber, code: str) -> Proposal | None:
    proposal, now = lock(sent.proposal), timezone.now()
    if ReceiptCode.objects.filter(code_hash=hash_code(code)).exists():
        return None
    if not proposal.one_time_numbers.filter(pk=sent.pk, used_at__isnull=True).update(used_at=now):
        return None
    proposal.receipt_codes.in_force().filter(invited_by__isnull=True).update(revoked_at=now)
    ReceiptCode.objects.create(proposal=proposal, code_hash=hash_code(code))
    note_fact(proposal, Kind.NOTE, actor=ActedAs.PROPOSER, data={"code": "reissued"})
    return proposal

"""The short signed cookies of a proposer: the receipt just handed out, and the case they may look at."""

from django.conf import settings
from django.core import signing

from proposals.models import Proposal, ReceiptCode
from proposals.services import receipts

HANDED, LOOKING = "zlg_handed", "zlg_looking"
HANDED_FOR, LOOKING_FOR = 60 * 60, 30 * 60  # seconds
COOKIES = {HANDED: ("/propose/", HANDED_FOR), LOOKING: ("/receipt/", LOOKING_FOR)}


def hand_over(response, proposal: Proposal, code: str):
    """Let the next page show number and code once, and open the receipt page."""
    _set(response, HANDED, [proposal.number, code])
    return let_in(response, proposal, code)


def let_in(response, proposal: Proposal, code: str):
    """Let this browser look at the case for half an hour; revoking the code ends it at once."""
    _set(response, LOOKING, [proposal.number, receipts.hash_code(code)])
    return response


def handed(request) -> tuple[str, str] | None:
    """The number and the code to be shown, once."""
    return _read(request, HANDED)


def case_of(request) -> Proposal | None:
    """The case this browser may look at now."""
    kept = _read(request, LOOKING)
    if kept is None:
        return None
    receipts = ReceiptCode.objects.filter(
        proposal__number=kept[0], code_hash=kept[1], revoked_at__isnull=True
    )
    found = receipts.select_related("proposal__organization").first()
    return found.proposal if found else None


def forget(response, name: str):
    """Take the cookie back."""
    response.delete_cookie(name, path=COOKIES[name][0])
    return response


def _set(response, name: str, value: list[str]) -> None:
    path, seconds = COOKIES[name]
    response.set_cookie(
        name,
        signing.dumps(value, salt=name),
        max_age=seconds,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _read(request, name: str) -> list[str] | None:
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=name, max_age=COOKIES[name][1])
    except signing.BadSignature:
        return None

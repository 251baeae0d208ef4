"""The signed cookies of a proposer: their draft, the receipt just handed out, the case they may look at."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.utils import timezone

from proposals.models import Proposal, ReceiptCode
from proposals.services import receipts

# each lies on its own path, which `__Host-` would not allow
PREFIX = "__Secure-" if settings.SESSION_COOKIE_SECURE else ""
DRAFT, HANDED, GIVEN, LOOKING = (f"{PREFIX}zlg_{name}" for name in ("draft", "handed", "given", "looking"))
HANDED_FOR, LOOKING_FOR = 60 * 60, 30 * 60  # seconds
AT_MOST = 8 * 60 * 60  # seconds from number and code to the end of the visit, however much it is used
DRAFT_FOR = settings.DRAFT_DAYS * 24 * 60 * 60
PAGE = "zlg_page"
COOKIES = {
    DRAFT: ("/propose/", DRAFT_FOR),
    HANDED: ("/propose/", HANDED_FOR),
    GIVEN: ("/receipt/", HANDED_FOR),
    LOOKING: ("/receipt/", LOOKING_FOR),
}


def keep_draft(response, code: str):
    """Let this browser go on with the draft of this code."""
    _set(response, DRAFT, code, samesite="Lax")  # a link on the city's own site finds it too
    return response


def draft_code(request) -> str:
    """The code of the draft the page was drawn for, else of this browser's; empty where there is none."""
    return _opened(request.POST.get("draft", ""), PAGE, DRAFT_FOR) or _read(request, DRAFT) or ""


def mark_of(code: str) -> str:
    """What a page carries to say whose it is: two tabs may write two drafts."""
    return signing.dumps(code, salt=PAGE)


def hand_over(response, proposal: Proposal, code: str):
    """Let the next page show number and code once, and open the receipt page; without a code, the number."""
    _set(response, HANDED, [proposal.number, code])
    return let_in(response, proposal, code) if code else response


def let_in(response, proposal: Proposal, code: str):
    """Let this browser look at the case, for half an hour from its last use; revoking the code ends it."""
    _set(response, LOOKING, [proposal.number, receipts.hash_code(code), _now()])
    return response


def handed(request) -> tuple[str, str] | None:
    """The number and the code to be shown, once."""
    return _read(request, HANDED)


def give(response, proposal: Proposal, code: str, label: str = ""):
    """Let the next receipt page show a code once: a lost one given anew, or a further person's (`label`)."""
    _set(response, GIVEN, [proposal.number, code, label])
    return response


def given(request, *, is_own: bool) -> tuple[str, str, str]:
    """The number, the code and whose it is, to be shown once; empty where it is another kind of code."""
    number, code, label = _read(request, GIVEN) or ("", "", "")
    return (number, code, label) if is_own != bool(label) else ("", "", "")


@dataclass(frozen=True)
class Guest:
    """Whoever has opened a receipt page: by which code, and since when."""

    receipt: ReceiptCode
    since: int

    @property
    def case(self) -> Proposal:
        return self.receipt.proposal

    @property
    def is_first(self) -> bool:
        """Whether the code is the sender's own; further people of the organisation have theirs."""
        return self.receipt.is_first


def guest(request) -> Guest | None:
    """Who may look at which case in this browser now; None after the visit, or with a code stopped since."""
    number, code_hash, since = _read(request, LOOKING) or ("", "", 0)
    if _now() - since > AT_MOST:
        return None
    codes = ReceiptCode.objects.in_force().filter(proposal__number=number, code_hash=code_hash)
    found = codes.select_related("proposal__organization", "proposal__merged_into").first()
    return Guest(found, since) if found else None


def prolong(response, guest: Guest):
    """Half an hour more for a visit that is used; a cookie set or taken back by the page itself stays."""
    if LOOKING not in response.cookies:
        _set(response, LOOKING, [guest.case.number, guest.receipt.code_hash, guest.since])
    return response


def shown_once(request, response, name: str):
    """Take the cookie back with the page that shows what it holds; a HEAD shows nothing."""
    return response if request.method == "HEAD" else forget(response, name)


def forget(response, name: str):
    """Take the cookie back."""
    response.delete_cookie(name, path=COOKIES[name][0])
    return response


def _set(response, name: str, value: list[str] | str, *, samesite: str = "Strict") -> None:
    path, seconds = COOKIES[name]
    response.set_cookie(
        name,
        signing.dumps(value, salt=name),
        max_age=seconds,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=samesite,
    )


def _read(request, name: str):
    return _opened(request.COOKIES.get(name, ""), name, COOKIES[name][1])


def _opened(signed: str, salt: str, seconds: int):
    try:
        return signing.loads(signed, salt=salt, max_age=seconds)
    except signing.BadSignature:
        return None


def _now() -> int:
    return int(timezone.now().timestamp())

"""What went wrong with a letter, and what follows: for it, for the whole run, in plain Japanese."""

import re
from dataclasses import dataclass
from email.errors import MessageError
from enum import Enum
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)


class Fate(Enum):
    """What a failure means."""

    NEVER = "never"  # this letter will not arrive, however often it is sent
    LATER = "later"  # this letter may leave another time; others may leave now
    AWAY = "away"  # the server takes no letter now


@dataclass(frozen=True)
class Trouble:
    """A failure as the outbox and the desk need it."""

    fate: Fate
    words: str


# what a server says of an address; 5xx of other kinds (relay, login, policy) are told of our own set-up
_NO_SUCH_ADDRESS = (501, 550, 551, 553, 556)
_OUR_FAULT = re.compile(rb"relay|auth|login|tls", re.IGNORECASE)
_ENHANCED = re.compile(rb"\b[245]\.(\d{1,3})\.\d{1,3}\b")
_ADDRESS, _MAILBOX = b"1", b"2"  # RFC 3463
_CLOSING = 421

_POISON = (ValueError, MessageError, SMTPNotSupportedError)
BADLY_WRITTEN = "この通知の宛先か件名に、メールで送れない文字があります。"
NOT_REACHED = "メールサーバーにつながりません。つながりしだい送ります。"
UNFORESEEN = "思わぬ失敗で送れませんでした。もう一度試します。"


def trouble(error: Exception) -> Trouble:
    """What follows from the failure of one letter."""
    if isinstance(error, SMTPRecipientsRefused):
        return _of_recipient(*next(iter(error.recipients.values())))
    if isinstance(error, _POISON):
        return Trouble(Fate.NEVER, BADLY_WRITTEN)
    if isinstance(error, SMTPDataError) and error.smtp_code != _CLOSING:
        return Trouble(Fate.LATER, f"メールサーバーが本文を受け取りませんでした（{_code(error)}）。")
    if isinstance(error, OSError):  # SMTPException is one too
        return trouble_of_line(error)
    return Trouble(Fate.LATER, UNFORESEEN)


def trouble_of_line(error: Exception) -> Trouble:
    """What follows when no connection comes about, or it breaks: no letter leaves now."""
    if isinstance(error, SMTPAuthenticationError):
        words = f"メールサーバーにログインできません（{_code(error)}）。設定を確かめてください。"
    elif isinstance(error, SMTPSenderRefused):
        words = f"メールサーバーが差出人を断りました（{_code(error)}）。設定を確かめてください。"
    elif isinstance(error, SMTPResponseException):
        words = f"メールサーバーが、いまは受け取れないと答えました（{_code(error)}）。"
    elif isinstance(error, TimeoutError):
        words = "メールサーバーが答えません。答えしだい送ります。"
    elif isinstance(error, SMTPException):
        words = "メールサーバーとの接続が途中で切れました。もう一度送ります。"
    else:
        words = NOT_REACHED
    return Trouble(Fate.AWAY, words)


def _of_recipient(code: int, answer: bytes) -> Trouble:
    if code == _CLOSING:
        return Trouble(Fate.AWAY, "メールサーバーが、いまは受け取れないと答えました（421）。")
    if _is_for_good(code, answer):
        return Trouble(Fate.NEVER, f"この宛先は受け取れないと答えがありました（{code}）。")
    return Trouble(Fate.LATER, f"この宛先は、いまは受け取れないと答えがありました（{code}）。")


def _is_for_good(code: int, answer: bytes) -> bool:
    if code < 500:
        return False
    if enhanced := _ENHANCED.search(answer):
        return enhanced[1] in (_ADDRESS, _MAILBOX)
    return code in _NO_SUCH_ADDRESS and not _OUR_FAULT.search(answer)


def _code(error: SMTPResponseException) -> int:
    return error.smtp_code

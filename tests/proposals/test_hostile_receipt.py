"""Broken bytes, controls and far too much in each field behind the code: refused in words."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from proposals.models import Message, ReceiptCode, Submission
from proposals.workflow import Step
from tests import make
from tests.make_guest import opened, proposal, typed
from tests.make_receipt import url

pytestmark = pytest.mark.django_db
FIELDS = [("receipt", "text"), ("revise", "overview"), ("receipt_withdraw", "note"), ("people", "label")]
BROKEN = {
    "undecodable": (b"\xff\xfe\x80", "読めない文字（文字化け）があります"),
    "half a sign": (b"\xed\xa0\x80", "読めない文字（文字化け）があります"),
    "a control": (b"a\x07b", "目に見えない制御文字（U+0007）があります"),
    "too much": ("長".encode() * 60_000, "字までに短くしてください（いま 60000字）"),
}


def post(guest, path, sent):
    """As a browser would, but with bytes that no browser makes."""
    pairs = [(name, raw if isinstance(raw, bytes) else raw.encode()) for name, raw in sent]
    body = "&".join(f"{name}={quote_from_bytes(raw)}" for name, raw in pairs)
    return guest.post(path, body, content_type="application/x-www-form-urlencoded")


def words_of(page, field, raw):
    flat = [
        (name, one)
        for name, said in typed(page).items()
        for one in (said if isinstance(said, list) else [said])
    ]
    return [*((name, one) for name, one in flat if name not in (field, "guest")), (field, raw)]


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_what_is_no_text_is_refused_in_words_and_changes_nothing(name, field, kind):
    case, guest = opened(proposal())
    raw, refusal = BROKEN[kind]
    page = guest.get(url(name))

    answer = post(guest, url("receipt_reply" if name == "receipt" else name), words_of(page, field, raw))

    assert answer.status_code == 200
    assert refusal in answer.text.replace(",", "")
    assert not Message.objects.exists()
    assert (make.reload(case).step, Submission.objects.count()) == (Step.INTAKE, 1)
    assert ReceiptCode.objects.in_force().count() == 1


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize(
    ("name", "field"), [("lost", "number"), ("lost_number", "digits"), ("receipt", "number")]
)
def test_the_door_refuses_it_in_words_too(name, field, kind):
    raw, refusal = BROKEN[kind]
    visitor = Client()

    answer = post(visitor, url(name), words_of(visitor.get(url(name)), field, raw))

    assert answer.status_code == 200
    assert refusal in answer.text.replace(",", "")


def test_a_line_break_in_a_reply_stays_a_line_break():
    _, guest = opened(proposal())
    page = guest.get(url("receipt"))

    post(guest, url("receipt_reply"), words_of(page, "text", b"a\r\nBcc: x@example.jp\r\n\r\nb"))

    assert Message.objects.get().text == "a\nBcc: x@example.jp\n\nb"

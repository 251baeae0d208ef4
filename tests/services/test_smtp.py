"""Letters beside a mail server that refuses, hangs, hangs up or is away: each leaves at last, and once."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall import post, postman
from cityhall.models import OutgoingMail
from tests import make
from tests.services.sink import DROP, HANG, NO_SUCH_PERSON, nobody_may_log_in

pytestmark = pytest.mark.django_db

State = OutgoingMail.State
MORNING = "2026-11-02T00:00:00Z"


def letter(key="R8-0001:receipt", to="kaku@example.com", **fields):
    return post.queue(**{"key": key, "to": to, "subject": "件名", "body": "本文", **fields})


def letters(number):
    return [letter(f"letter {n}", to=f"kaku{n}@example.com") for n in range(number)]


def states():
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def later(time_machine, **time):
    time_machine.move_to(timezone.now() + timedelta(**time), tick=False)


# one answer at one verb


OURS, ADDRESS, CUT = "設定を確かめてください", "宛先", "答えません|切れました|つながりません"
ANSWERS = [
    ("MAIL", "451 4.3.0 later", State.QUEUED, OURS),
    ("MAIL", "550 5.7.1 sender refused", State.QUEUED, OURS),
    ("MAIL", "421 closing", State.QUEUED, OURS),
    ("MAIL", HANG, State.QUEUED, CUT),
    ("MAIL", DROP, State.QUEUED, CUT),
    ("RCPT", "451 4.7.1 greylisted", State.QUEUED, ADDRESS),
    ("RCPT", "452 4.2.2 mailbox full", State.QUEUED, ADDRESS),
    ("RCPT", "421 closing", State.QUEUED, "いまは受け取れない"),
    ("RCPT", "550 no such person", State.FAILED, ADDRESS),
    ("RCPT", "550 5.1.1 unknown user", State.FAILED, ADDRESS),
    ("RCPT", "553 5.1.3 bad address", State.FAILED, ADDRESS),
    ("RCPT", "550 5.2.1 mailbox disabled", State.FAILED, ADDRESS),
    ("RCPT", "550 5.7.1 relaying denied", State.QUEUED, ADDRESS),
    ("RCPT", "550 relay not permitted", State.QUEUED, ADDRESS),
    ("RCPT", "554 5.7.1 relay access denied", State.QUEUED, ADDRESS),
    ("RCPT", "530 5.7.0 authentication required", State.QUEUED, ADDRESS),
    ("RCPT", HANG, State.QUEUED, CUT),
    ("RCPT", DROP, State.QUEUED, CUT),
    ("DATA", "451 later", State.QUEUED, "本文"),
    ("DATA", "554 no", State.QUEUED, "本文"),
    ("DATA", HANG, State.QUEUED, CUT),
    ("DATA", DROP, State.QUEUED, CUT),
    ("BODY", "451 later", State.QUEUED, "本文"),
    ("BODY", "554 5.7.1 blocked", State.QUEUED, "本文"),
    ("BODY", HANG, State.QUEUED, CUT),
]


@pytest.mark.parametrize(("verb", "answer", "state", "words"), ANSWERS)
def test_what_becomes_of_a_letter_and_that_it_leaves_once_the_server_is_well(
    sink, time_machine, verb, answer, state, words
):
    time_machine.move_to(MORNING, tick=False)
    one = letter()
    sink.answers[verb] = answer

    sent = postman.deliver_due()

    one.refresh_from_db()
    assert (sent, one.state, one.attempts, one.inflight_since) == (0, state, 1, None)
    assert any(word in one.last_error for word in words.split("|")), one.last_error
    sink.answers.clear()
    later(time_machine, hours=5)
    postman.deliver_due()
    postman.deliver_due()
    assert len(sink.received) == (state == State.QUEUED)


def test_a_line_cut_after_the_letter_gives_a_double_that_shows_as_one(sink, time_machine):
    time_machine.move_to(MORNING, tick=False)
    letter()
    sink.answers["BODY"] = DROP
    postman.deliver_due()
    sink.answers.clear()
    later(time_machine, minutes=1)

    postman.deliver_due()

    assert states() == [State.SENT]
    assert len(sink.received) == 2 and len(set(sink.ids)) == 1


def test_a_setting_gone_wrong_gives_up_no_letter_however_long(sink, time_machine):
    time_machine.move_to(MORNING, tick=False)
    one = letter()
    sink.answers["MAIL"] = "550 5.7.1 sender refused"
    for _ in range(40):
        later(time_machine, hours=5)
        postman.deliver_due()
    sink.answers.clear()
    later(time_machine, hours=5)

    postman.deliver_due()

    one.refresh_from_db()
    assert (one.state, one.attempts, one.last_error) == (State.SENT, 40, "")


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_login_that_is_refused_keeps_every_letter(sink, settings):
    sink.stop()
    sink.start(authenticator=nobody_may_log_in, auth_required=True, auth_require_tls=False)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "madoguchi", "wrong"
    one, *_ = letters(3)

    postman.deliver_due()

    one.refresh_from_db()
    assert states() == [State.QUEUED] * 3
    assert "ログインできません（535）" in one.last_error
    assert (one.attempts, sink.connections) == (0, 1)


def test_an_address_refused_for_good_is_told_to_the_desk_at_once(sink):
    one, *_ = letters(3)
    sink.answer_to[one.to] = NO_SUCH_PERSON

    sent = postman.deliver_due()

    assert (sent, states()) == (2, [State.FAILED, State.SENT, State.SENT])
    assert list(post.undelivered()) == [one]


# a server that is away


def test_many_letters_share_one_connection(sink):
    letters(20)

    sent = postman.deliver_due()

    assert (sent, len(sink.received), sink.connections) == (20, 20, 1)


def test_without_letters_nobody_calls_the_server(sink):
    assert postman.deliver_due() == 0
    assert sink.connections == 0


def test_a_server_that_is_away_for_hours_costs_one_call_a_run_and_no_letter(sink, time_machine):
    time_machine.move_to(MORNING, tick=False)
    sink.stop()
    letters(30)

    for _ in range(200):
        assert postman.deliver_due() == 0
        later(time_machine, minutes=1)

    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {0}
    sink.start()
    assert postman.deliver_due() == 30
    assert (postman.deliver_due(), len(sink.received), len(set(sink.ids))) == (0, 30, 30)


def test_the_desk_is_told_of_letters_nobody_could_try(sink, time_machine):
    time_machine.move_to(MORNING, tick=False)
    sink.stop()
    letters(3)
    postman.deliver_due()
    assert not post.undelivered().exists()

    later(time_machine, minutes=30)

    assert post.undelivered().count() == 3
    assert {one.last_error for one in post.undelivered()} == {
        "メールサーバーにつながりません。つながりしだい送ります。"
    }


def test_a_server_that_takes_the_call_and_says_nothing_hangs_a_run_once(sink, settings, silent_port):
    settings.EMAIL_PORT = silent_port
    letters(30)
    begun = time.perf_counter()

    sent = postman.deliver_due()

    assert (sent, time.perf_counter() - begun < 3) == (0, True)
    assert set(states()) == {State.QUEUED}


def test_a_server_that_hangs_in_the_middle_hangs_a_run_once(sink):
    letters(30)
    sink.answers["RCPT"] = HANG
    begun = time.perf_counter()

    sent = postman.deliver_due()

    assert (sent, time.perf_counter() - begun < 5) == (0, True)
    assert sum(OutgoingMail.objects.values_list("attempts", flat=True)) == 1


def test_a_letter_at_which_the_server_hangs_up_lets_the_others_go_first_next_time(sink, time_machine):
    time_machine.move_to(MORNING, tick=False)
    letters(4)
    sink.answers["MAIL"] = DROP
    postman.deliver_due()
    sink.answers.clear()

    sent = postman.deliver_due()

    assert (sent, states()) == (3, [State.QUEUED, *[State.SENT] * 3])
    later(time_machine, minutes=1)
    assert postman.deliver_due() == 1


def test_a_run_that_takes_too_long_leaves_the_rest_to_the_next(sink, monkeypatch):
    monkeypatch.setattr(postman, "RUN_SECONDS", -1)
    letters(3)

    assert [postman.deliver_due() for _ in range(4)] == [1, 1, 1, 0]


# what cannot be written down


@pytest.mark.parametrize(
    "poison",
    [
        {"subject": "件名\nBcc: all@example.com"},
        {"to": "kaku@example.com\nBcc: all@example.com"},
        {"to": "kaku@"},
    ],
    ids=["subject", "address", "half an address"],
)
def test_a_poisoned_letter_is_given_up_and_holds_nobody_back(sink, poison):
    bad = letter("bad", **poison)
    letter("good")

    sent = postman.deliver_due()

    bad.refresh_from_db()
    assert (sent, bad.state) == (1, State.FAILED)
    assert "送れない文字" in bad.last_error
    assert [message["To"] for message in sink.messages] == ["kaku@example.com"]


# pages


@pytest.mark.django_db(transaction=True)
def test_a_proposal_is_answered_at_once_and_its_letter_leaves_when_the_server_is_back(
    sink, settings, silent_port, time_machine
):
    time_machine.move_to(MORNING, tick=False)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, silent_port
    begun = time.perf_counter()
    case = make.submission()
    assert time.perf_counter() - begun < 1
    postman.deliver_due()
    settings.EMAIL_PORT = port

    sent = postman.deliver_due()

    assert sent == 1
    assert case.number in sink.messages[0]["Subject"]

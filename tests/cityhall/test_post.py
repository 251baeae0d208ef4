"""The outbox: letters wait in rows and leave once, whatever the server, the worker or the clock does."""

import hashlib
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction
from django.utils import timezone

from cityhall import post
from cityhall.models import OutgoingMail
from cityhall.tasks import deliver_post
from tests import make
from tests.services.private import free_port
from tests.together import at_once
from zamagate.celery import app

pytestmark = [pytest.mark.django_db, pytest.mark.both]

State = OutgoingMail.State
NOON = "2026-07-01T03:00:00Z"


class Sink:
    """A real SMTP server that keeps what it was given, and refuses whom it was told to."""

    def __init__(self):
        self.messages, self.refused = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def sink(settings):
    handler = Sink()
    port = free_port()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    handler.stop = server.stop
    yield handler
    if server.server:
        server.stop()


def letter(key="R8-0001:receipt", **fields):
    return post.queue(**{"key": key, "to": "kaku@example.com", "subject": "件名", "body": "本文", **fields})


def age(one, **fields):
    OutgoingMail.objects.filter(pk=one.pk).update(**fields)
    return one


def state_of(one):
    return OutgoingMail.objects.get(pk=one.pk).state


def test_a_letter_leaves_once_and_is_marked(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    one = letter()

    sent = post.deliver_due()

    one.refresh_from_db()
    assert (sent, len(sink.messages)) == (1, 1)
    assert (one.state, one.sent_at, one.inflight_since) == (State.SENT, timezone.now(), None)


def test_the_message_id_follows_from_the_key_so_that_a_double_shows(sink):
    letter("R8-0001:receipt")

    post.deliver_due()

    stable = hashlib.sha256(b"R8-0001:receipt").hexdigest()[:32]
    assert f"Message-ID: <{stable}@zama.example>" in sink.messages[0]


def test_the_same_key_is_queued_once():
    first, second = letter(body="はじめ"), letter(body="あと")

    assert first == second
    assert OutgoingMail.objects.get().body == "はじめ"


def test_without_an_address_nothing_is_queued():
    assert letter(to="") is None
    assert not OutgoingMail.objects.exists()


def test_running_twice_sends_once(sink):
    letter()

    sent = post.deliver_due() + post.deliver_due()

    assert (sent, len(sink.messages)) == (1, 1)


@pytest.mark.parametrize(
    ("state", "minutes_in_flight", "minutes_until_due", "leaves"),
    [
        (State.QUEUED, None, 0, True),
        (State.QUEUED, None, -60, True),
        (State.QUEUED, None, 1, False),
        (State.SENDING, 9, 0, False),
        (State.SENDING, 11, 0, True),
        (State.SENT, None, 0, False),
        (State.FAILED, None, 0, False),
    ],
)
def test_what_leaves_when(sink, time_machine, state, minutes_in_flight, minutes_until_due, leaves):
    time_machine.move_to(NOON, tick=False)
    now = timezone.now()
    age(
        letter(),
        state=state,
        next_try_at=now + timedelta(minutes=minutes_until_due),
        inflight_since=minutes_in_flight and now - timedelta(minutes=minutes_in_flight),
    )

    sent = post.deliver_due()

    assert (sent, len(sink.messages)) == ((1, 1) if leaves else (0, 0))


def test_a_refused_letter_waits_and_says_why(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    sink.refused.add("kaku@example.com")
    one = letter()

    sent = post.deliver_due()

    one.refresh_from_db()
    assert (sent, one.state, one.attempts, one.inflight_since) == (0, State.QUEUED, 1, None)
    assert "SMTPRecipientsRefused" in one.last_error
    assert one.next_try_at == timezone.now() + timedelta(minutes=1)


def test_a_server_that_is_away_costs_no_letter(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    sink.stop()
    one = letter()

    post.deliver_due()

    one.refresh_from_db()
    assert (one.state, one.attempts) == (State.QUEUED, 1)
    assert "ConnectionRefusedError" in one.last_error


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 5), (2, 15), (3, 60), (4, 240), (20, 240)])
def test_the_wait_grows_up_to_four_hours(sink, time_machine, attempts, minutes):
    time_machine.move_to(NOON, tick=False)
    sink.refused.add("kaku@example.com")
    one = age(letter(), attempts=attempts)

    post.deliver_due()

    one.refresh_from_db()
    assert one.next_try_at == timezone.now() + timedelta(minutes=minutes)


def test_after_thirty_attempts_a_letter_is_given_up_and_stays_to_be_seen(sink):
    sink.refused.add("kaku@example.com")
    one = age(letter(), attempts=29)

    post.deliver_due()

    assert state_of(one) == State.FAILED


def test_one_poisoned_letter_does_not_hold_the_others(sink):
    poisoned = letter("bad", subject="件名\nBcc: all@example.com")
    good = letter("good")

    sent = post.deliver_due()

    assert (sent, len(sink.messages)) == (1, 1)
    assert (state_of(poisoned), state_of(good)) == (State.QUEUED, State.SENT)


def test_what_is_rolled_back_is_not_sent(sink):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letter()
        raise ZeroDivisionError

    assert post.deliver_due() == 0


def test_the_task_delivers_what_is_due(sink):
    letter()

    assert deliver_post() == 1


def test_a_sweep_on_beat_sends_what_no_wake_up_did(settings):
    (sweep,) = [s for s in settings.CELERY_BEAT_SCHEDULE.values() if s["task"] == deliver_post.name]

    assert sweep["schedule"] == 60


@pytest.fixture
def broker_down():
    """A broker at an address where nobody listens."""
    before = app.conf.broker_url, app.conf.broker_transport_options
    app.conf.broker_url, app.conf.broker_transport_options = f"redis://127.0.0.1:{free_port()}/0", {}
    app.amqp._producer_pool = None  # made anew for the address
    yield
    app.conf.broker_url, app.conf.broker_transport_options = before
    app.amqp._producer_pool = None


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_turns_no_proposal_into_an_error(broker_down):
    with pytest.raises(deliver_post.OperationalError):
        deliver_post.apply_async(retry=False)

    case = make.submission()

    assert make.reload(case).number == case.number
    assert OutgoingMail.objects.get().state == State.QUEUED


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_each_letter_once(sink):
    for n in range(5):
        letter(f"letter {n}")

    sent = at_once(*[post.deliver_due] * 8)

    assert (sum(sent), len(sink.messages)) == (5, 5)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}

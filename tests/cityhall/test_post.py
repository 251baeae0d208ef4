"""The outbox: letters wait in rows and leave once, whatever the server, the worker or the clock does."""

import hashlib
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cityhall import post, postman
from cityhall.models import OutgoingMail
from cityhall.tasks import deliver_post
from tests.make_letter import NOON, age, letter, state_of
from tests.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.both]

State = OutgoingMail.State


def test_a_letter_leaves_once_and_is_marked(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    one = letter()

    sent = postman.deliver_due()

    one.refresh_from_db()
    assert (sent, len(sink.received)) == (1, 1)
    assert (one.state, one.sent_at, one.inflight_since) == (State.SENT, timezone.now(), None)


def test_the_message_id_follows_from_the_key_so_that_a_double_shows(sink):
    letter("R8-0001:receipt")

    postman.deliver_due()

    stable = hashlib.sha256(b"R8-0001:receipt").hexdigest()[:32]
    assert sink.ids == [f"<{stable}@zama.example>"]


def test_a_letter_is_dated_in_japan_and_asks_for_no_answer_by_machine(sink):
    letter()

    postman.deliver_due()

    assert sink.messages[0]["Date"].endswith("+0900")
    assert sink.messages[0]["Auto-Submitted"] == "auto-generated"


def test_the_same_key_is_queued_once():
    first, second = letter(body="はじめ"), letter(body="あと")

    assert first == second
    assert OutgoingMail.objects.get().body == "はじめ"


def test_without_an_address_nothing_is_queued():
    assert letter(to="") is None
    assert not OutgoingMail.objects.exists()


def test_running_twice_sends_once(sink):
    letter()

    sent = postman.deliver_due() + postman.deliver_due()

    assert (sent, len(sink.received)) == (1, 1)


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

    sent = postman.deliver_due()

    assert (sent, len(sink.received)) == ((1, 1) if leaves else (0, 0))


GREYLISTED = "451 4.7.1 greylisted, come back later"


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 5), (2, 15), (3, 60), (4, 240), (20, 240)])
def test_the_wait_grows_up_to_four_hours(sink, time_machine, attempts, minutes):
    time_machine.move_to(NOON, tick=False)
    sink.answers["RCPT"] = GREYLISTED
    one = age(letter(), attempts=attempts)

    postman.deliver_due()

    one.refresh_from_db()
    assert (one.state, one.next_try_at) == (State.QUEUED, timezone.now() + timedelta(minutes=minutes))


def test_over_four_days_a_letter_is_tried_thirty_times_then_given_up_and_stays_to_be_seen(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    sink.answers["RCPT"] = GREYLISTED
    one = letter()
    begun, tried = timezone.now(), 0

    while state_of(one) == State.QUEUED and tried < 100:
        time_machine.move_to(OutgoingMail.objects.get().next_try_at, tick=False)
        tried += 1 - postman.deliver_due()

    assert (tried, (timezone.now() - begun).days) == (30, 4)
    time_machine.move_to(timezone.now() + timedelta(days=400), tick=False)
    assert (postman.deliver_due(), list(post.undelivered())) == (0, [one])


def test_what_is_rolled_back_is_not_sent(sink):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letter()
        raise ZeroDivisionError

    assert postman.deliver_due() == 0


def test_the_task_delivers_what_is_due(sink):
    letter()

    assert deliver_post() == 1


def test_a_sweep_on_beat_sends_what_no_wake_up_did(settings):
    (sweep,) = [s for s in settings.CELERY_BEAT_SCHEDULE.values() if s["task"] == deliver_post.name]

    assert sweep["schedule"] == 60


# two workers at once


def at_eight_workers(sink):
    for n in range(5):
        letter(f"letter {n}")
    return at_once(*[postman.deliver_due] * 8)


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_each_letter_once(sink):
    sent = at_eight_workers(sink)

    assert (sum(sent), len(sink.received), len(set(sink.ids))) == (5, 5, 5)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_nothing_send_doubles(sink, monkeypatch):
    monkeypatch.setattr(postman, "_claim", lambda pk: OutgoingMail.objects.get(pk=pk))

    at_eight_workers(sink)

    assert len(sink.received) > len(set(sink.ids)) == 5


@pytest.mark.django_db(transaction=True)
def test_two_letters_of_strangers_to_one_address_never_leave_together(sink):
    letter("a", from_outside=True)
    letter("b", from_outside=True)

    at_once(*[postman.deliver_due] * 2)

    assert len(sink.received) <= 1

"""The outbox: letters wait in rows and leave once, whatever the server, the worker or the clock does."""

import hashlib
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cityhall import post, postman
from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from cityhall.tasks import deliver_post
from tests import make
from tests.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.both]

State = OutgoingMail.State
NOON = "2026-07-01T03:00:00Z"


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

    sent = postman.deliver_due()

    one.refresh_from_db()
    assert (sent, len(sink.received)) == (1, 1)
    assert (one.state, one.sent_at, one.inflight_since) == (State.SENT, timezone.now(), None)


def test_the_message_id_follows_from_the_key_so_that_a_double_shows(sink):
    letter("R8-0001:receipt")

    postman.deliver_due()

    stable = hashlib.sha256(b"R8-0001:receipt").hexdigest()[:32]
    assert sink.ids == [f"<{stable}@zama.example>"]


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


# letters anybody could make us write (A11)


def of_strangers(number, **fields):
    return [letter(f"letter {n}", from_outside=True, **fields) for n in range(number)]


def test_a_letter_of_strangers_goes_at_once_and_the_next_an_hour_later(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    of_strangers(3)

    per_run = []
    for _ in range(13):
        per_run.append(postman.deliver_due())
        time_machine.move_to(timezone.now() + timedelta(minutes=10), tick=False)

    assert per_run == [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]


def test_what_comes_in_masses_to_one_address_waits_for_the_desk(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    of_strangers(50)

    for _ in range(24):
        postman.deliver_due()
        time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)

    assert len(sink.received) == 1 + postman.IN_LINE
    assert OutgoingMail.objects.filter(state=State.HELD).count() == 46
    assert post.undelivered().count() == 46
    assert "止めています" in post.undelivered()[0].last_error


def test_large_and_small_letters_of_an_address_are_one_address(sink):
    letter("a", from_outside=True, to="kaku@example.com")
    letter("b", from_outside=True, to="KAKU@example.com")

    assert postman.deliver_due() == 1


def test_other_addresses_and_letters_of_the_desk_are_held_back_by_nothing(sink):
    of_strangers(2)
    letter("other", from_outside=True, to="betsu@example.com")
    letter("question")

    assert postman.deliver_due() == 3


def test_a_letter_that_could_not_leave_counts_as_none(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    sink.answers["RCPT"] = "550 5.1.1 unknown"
    of_strangers(1)
    postman.deliver_due()
    sink.answers.clear()
    letter("next", from_outside=True)

    assert postman.deliver_due() == 1


def test_after_hours_without_a_server_they_still_leave_an_hour_apart(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    of_strangers(2)
    time_machine.move_to(timezone.now() + timedelta(hours=5), tick=False)

    assert postman.deliver_due() == 1
    assert postman.deliver_due() == 0


# secrets


def secret(**fields):
    expires_at = timezone.now() + timedelta(minutes=15)
    return letter("one-time", body="12345678", is_secret=True, expires_at=expires_at, **fields)


def test_the_text_of_a_secret_letter_is_wiped_once_it_has_left(sink):
    one = secret()

    postman.deliver_due()

    one.refresh_from_db()
    assert (one.state, one.body) == (State.SENT, "")
    assert "12345678" in sink.messages[0].get_content()


def test_a_secret_letter_that_comes_too_late_is_wiped_and_not_sent(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    sink.stop()
    one = secret()
    postman.deliver_due()
    assert "12345678" in OutgoingMail.objects.get().body
    sink.start()
    time_machine.move_to(timezone.now() + timedelta(minutes=15), tick=False)

    sent = postman.deliver_due()

    one.refresh_from_db()
    assert (sent, one.state, one.body, len(sink.received)) == (0, State.FAILED, "", 0)
    assert one.last_error == "送れないうちに、期限が過ぎました。"


def test_the_text_of_a_secret_letter_nobody_takes_is_wiped_too(sink):
    sink.answers["RCPT"] = "550 5.1.1 unknown"
    one = secret()

    postman.deliver_due()

    one.refresh_from_db()
    assert (one.state, one.body) == (State.FAILED, "")


# what the desk does with a letter that did not arrive


@pytest.fixture
def refused(sink):
    sink.answers["RCPT"] = "550 5.1.1 unknown"
    one = letter(about="R8-0001")
    postman.deliver_due()
    sink.answers.clear()
    one.refresh_from_db()
    return one


def test_a_letter_sent_again_leaves_and_is_missing_no_more(sink, refused):
    desk = make.desk()

    again = post.resend(refused, by=desk)

    assert (again.resend_of, again.asked_by, again.to) == (refused, desk, refused.to)
    assert (postman.deliver_due(), len(sink.received), post.undelivered().exists()) == (1, 1, False)
    refused.refresh_from_db()
    assert (refused.state, refused.settled_by) == (State.FAILED, desk)


def test_it_may_go_to_another_address(sink, refused):
    post.resend(refused, by=make.desk(), to="tadashii@example.com")

    postman.deliver_due()

    assert sink.messages[0]["To"] == "tadashii@example.com"


def test_a_second_press_sends_nothing_more(sink, refused):
    desk = make.desk()

    first, second = (post.resend(refused, by=desk) for _ in range(2))

    assert (first.pk, postman.deliver_due()) == (second.pk, 1)


def test_a_letter_that_has_left_may_be_sent_again_with_a_name_of_its_own(sink):
    one = letter()
    postman.deliver_due()

    post.resend(OutgoingMail.objects.get(pk=one.pk), by=make.desk())

    assert postman.deliver_due() == 1
    assert len(set(sink.ids)) == 2


def test_one_still_waiting_leaves_once_when_sent_again(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    one = age(letter(), next_try_at=timezone.now() + timedelta(hours=4), attempts=5)

    post.resend(one, by=make.desk())

    assert postman.deliver_due() == 1
    time_machine.move_to(timezone.now() + timedelta(hours=5), tick=False)
    assert postman.deliver_due() == 0


def test_a_held_letter_leaves_at_once_when_the_desk_sends_it(sink, time_machine):
    time_machine.move_to(NOON, tick=False)
    of_strangers(9)
    postman.deliver_due()

    post.resend(OutgoingMail.objects.filter(state=State.HELD).first(), by=make.desk())

    assert postman.deliver_due() == 1


@pytest.mark.parametrize("deed", [post.resend, post.settle])
def test_a_letter_on_its_way_is_left_alone(deed):
    one = age(letter(), state=State.SENDING)

    with pytest.raises(NotAllowed, match="いま送っているところです"):
        deed(one, by=make.desk())


@pytest.mark.parametrize("deed", [post.resend, post.settle])
@pytest.mark.parametrize("who", [make.manager, make.admin])
def test_only_the_desk_sees_to_a_letter(refused, deed, who):
    with pytest.raises(NotAllowed):
        deed(refused, by=who())


def test_a_secret_letter_is_not_sent_again():
    with pytest.raises(NotAllowed, match="もう一度お申し込み"):
        post.resend(age(secret(), state=State.SENT, body=""), by=make.desk())

    assert OutgoingMail.objects.count() == 1


def test_what_the_desk_told_otherwise_is_missing_no_more_and_leaves_no_more(sink, refused):
    waiting = age(letter("waiting"), attempts=5)
    desk = make.desk()

    for one in (refused, waiting):
        post.settle(one, by=desk)

    assert (post.undelivered().exists(), postman.deliver_due()) == (False, 0)


def test_what_has_left_cannot_be_told_otherwise(sink):
    one = letter()
    postman.deliver_due()
    one.refresh_from_db()

    with pytest.raises(NotAllowed, match="もう送られています"):
        post.settle(one, by=make.desk())

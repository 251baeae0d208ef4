"""Letters anybody could make us write leave an hour apart (A11); secrets leave nothing behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall import post, postman
from cityhall.models import OutgoingMail
from tests.make_letter import NOON, letter, of_strangers, secret

pytestmark = [pytest.mark.django_db, pytest.mark.both]

State = OutgoingMail.State


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


# --- secrets --------------------------------------------------------------


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

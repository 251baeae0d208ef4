"""What the desk does with a letter that did not arrive: sends it again, or tells it otherwise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall import post, postman
from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from tests import make
from tests.make_letter import NOON, age, letter, of_strangers, secret

pytestmark = [pytest.mark.django_db, pytest.mark.both]

State = OutgoingMail.State


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

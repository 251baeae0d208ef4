"""A lost code given anew by mail: eight digits for a while, few tries, one an hour, one code in the end."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.utils import timezone

from cityhall.models import OutgoingMail
from proposals.models import OneTimeNumber, ReceiptCode
from proposals.services import people, reissue
from proposals.services.receipts import new_code, open_receipt
from proposals.workflow import Kind
from tests import make
from tests.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.both]
together = pytest.mark.django_db(transaction=True)
WRONG = "00000000"


def case_and_code():
    code = new_code()
    return make.submission(code=code), code


def letters(case):
    return OutgoingMail.objects.filter(about=case.number, subject__contains="再発行の番号")


def digits_of(case):
    return re.search(r"\d{8}", letters(case).latest("pk").body).group()


def asked(case):
    reissue.send_number(case.number)
    return digits_of(case)


def later(case, **time):
    case.one_time_numbers.update(sent_at=timezone.now() - timedelta(**time))


# --- asking for the digits --------------------------------------------------


def test_eight_digits_go_to_the_registered_address_and_only_their_hash_stays():
    case, _ = case_and_code()

    reissue.send_number(case.number)

    number = case.one_time_numbers.get()
    assert letters(case).get().to == case.contact.email
    assert digits_of(case) not in number.number_hash


def test_within_the_hour_no_second_letter_leaves():
    case, _ = case_and_code()

    for _ in range(3):
        reissue.send_number(case.number)

    assert (letters(case).count(), case.one_time_numbers.count()) == (1, 1)


def test_after_an_hour_there_is_another():
    case, _ = case_and_code()
    first = asked(case)
    later(case, hours=1, seconds=1)

    second = asked(case)

    assert case.one_time_numbers.count() == 2
    assert reissue.give_anew(case.number, digits=first, code=new_code()) is None or first == second


@pytest.mark.parametrize("number", ["R8-9999", "", "R8-0001' OR 1=1", "あいう", "9" * 300])
def test_a_number_of_no_case_sends_nothing_and_says_nothing(number):
    make.submission()
    OutgoingMail.objects.all().delete()

    assert reissue.send_number(number) is None
    assert (OutgoingMail.objects.count(), OneTimeNumber.objects.count()) == (0, 0)


def test_a_case_without_an_address_sends_nothing():
    case, _ = case_and_code()
    type(case.contact).objects.update(email="")

    reissue.send_number(case.number)

    assert (letters(case).count(), case.one_time_numbers.count()) == (0, 0)


class Counting(MD5PasswordHasher):
    made = 0

    def encode(self, *args):
        type(self).made += 1
        return super().encode(*args)


@pytest.fixture
def hashes(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]

    def counted(act):
        Counting.made = 0
        act()
        return Counting.made

    return counted


def test_asking_and_trying_cost_the_same_hashing_whether_or_not_there_is_such_a_case(hashes):
    case, _ = case_and_code()

    asking = [hashes(lambda n=n: reissue.send_number(n)) for n in (case.number, "R8-9999")]
    trying = [
        hashes(lambda n=n: reissue.give_anew(n, digits=WRONG, code=new_code()))
        for n in (case.number, "R8-9999")
    ]

    assert (asking, trying) == ([1, 1], [1, 1])


# --- typing them in ----------------------------------------------------------


def test_the_right_digits_make_the_new_code_open_and_the_old_one_die():
    case, old = case_and_code()
    new = new_code()

    given = reissue.give_anew(case.number, digits=asked(case), code=new)

    assert given == case
    assert (open_receipt(case.number, new), open_receipt(case.number, old)) == (case, None)


def test_the_record_tells_that_and_nothing_else():
    case, _ = case_and_code()
    new = new_code()
    digits = asked(case)

    reissue.give_anew(case.number, digits=digits, code=new)

    record = case.records.last()
    assert (record.kind, record.acted_as, record.data) == (Kind.NOTE, "proposer", {"code": "reissued"})
    assert new not in str(list(case.records.values())) and digits not in str(list(case.records.values()))


def test_codes_of_further_people_stay():
    case, _ = case_and_code()
    guest = new_code()
    people.invite(case.receipt_codes.get(), label="広報の架空さん", code=guest)

    reissue.give_anew(case.number, digits=asked(case), code=new_code())

    assert open_receipt(case.number, guest) == case
    assert [code.label for code in people.guests_of(case)] == ["広報の架空さん"]


def test_whoever_was_let_in_by_the_old_code_is_stopped_by_the_new():
    case, _ = case_and_code()
    guest = people.invite(case.receipt_codes.get(), label="広報の架空さん", code=new_code())
    reissue.give_anew(case.number, digits=asked(case), code=new_code())

    people.stop(case.receipt_codes.in_force().get(invited_by=None), guest=guest)

    assert people.guests_of(case).count() == 0


def test_wrong_digits_open_nothing_and_the_old_code_lives():
    case, old = case_and_code()
    asked(case)

    assert reissue.give_anew(case.number, digits=WRONG, code=new_code()) is None
    assert open_receipt(case.number, old) == case


def test_after_five_wrong_tries_the_right_digits_come_too_late():
    case, _ = case_and_code()
    digits = asked(case)
    for _ in range(5):
        reissue.give_anew(case.number, digits=WRONG, code=new_code())

    assert reissue.give_anew(case.number, digits=digits, code=new_code()) is None
    assert case.one_time_numbers.get().tries == 5


def test_the_fifth_try_still_counts():
    case, _ = case_and_code()
    digits = asked(case)
    for _ in range(4):
        reissue.give_anew(case.number, digits=WRONG, code=new_code())

    assert reissue.give_anew(case.number, digits=digits, code=new_code()) == case


def test_after_fifteen_minutes_the_digits_are_stale():
    case, _ = case_and_code()
    digits = asked(case)
    later(case, minutes=15, seconds=1)

    assert reissue.give_anew(case.number, digits=digits, code=new_code()) is None


def test_the_digits_of_one_case_do_not_open_another():
    case, _ = case_and_code()
    other = make.submission()
    digits = asked(case)
    reissue.send_number(other.number)

    assert reissue.give_anew(other.number, digits=digits, code=new_code()) is None


def test_digits_used_once_are_used_up():
    case, _ = case_and_code()
    digits = asked(case)
    reissue.give_anew(case.number, digits=digits, code=new_code())

    assert reissue.give_anew(case.number, digits=digits, code=new_code()) is None


def test_a_second_press_of_the_same_page_finds_the_code_it_gave():
    case, _ = case_and_code()
    digits, code = asked(case), new_code()

    given = [reissue.give_anew(case.number, digits=digits, code=code) for _ in "12"]

    assert given == [case, case]
    assert case.receipt_codes.in_force().count() == 1


def test_a_code_of_another_page_of_ours_is_not_taken_over():
    case, _ = case_and_code()
    other, others = case_and_code()

    assert reissue.give_anew(case.number, digits=asked(case), code=others) is None
    assert open_receipt(other.number, others) == other


# --- at once -----------------------------------------------------------------


@together
def test_asked_eight_times_at_once_one_letter_leaves():
    case, _ = case_and_code()

    at_once(*[lambda: reissue.send_number(case.number)] * 8)

    assert (letters(case).count(), case.one_time_numbers.count()) == (1, 1)


@together
def test_two_right_entries_at_once_give_one_code():
    case, _ = case_and_code()
    digits = asked(case)

    given = at_once(
        *(lambda: reissue.give_anew(case.number, digits=digits, code=new_code()) for _ in range(2))
    )

    assert sorted(map(str, given)) == sorted([str(case), "None"])
    assert case.receipt_codes.in_force().count() == 1


@together
def test_one_page_pressed_twice_at_once_gives_the_same_code_twice():
    case, _ = case_and_code()
    digits, code = asked(case), new_code()

    given = at_once(*[lambda: reissue.give_anew(case.number, digits=digits, code=code)] * 2)

    assert given == [case, case]
    assert ReceiptCode.objects.in_force().filter(proposal=case).count() == 1


@together
def test_twenty_guesses_at_once_are_five_tries():
    case, _ = case_and_code()
    asked(case)

    given = at_once(*[lambda: reissue.give_anew(case.number, digits=WRONG, code=new_code())] * 20)

    assert set(given) == {None}
    assert case.one_time_numbers.get().tries == 5

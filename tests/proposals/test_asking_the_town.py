"""Once a year the register asks whether all is still so; an answer stops the letter."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import OutgoingMail
from proposals.models import Resource
from proposals.services import asking_the_town, resources
from tests import make, make_town

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NEXT_YEAR = date(2027, 11, 25)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 20)):
        yield


@pytest.fixture
def desk():
    return make.desk()


def entry(desk, **fields):
    return make_town.resource(by=desk, email="sewa@example.com", **fields)


def letters():
    return OutgoingMail.objects.filter(key__contains=":still-so:")


def test_an_entry_that_grew_old_is_asked_once_a_year(desk):
    one = entry(desk, offers="調理室")
    assert asking_the_town.ask(timezone.localdate()) == 0

    assert asking_the_town.ask(NEXT_YEAR) == 1

    letter = letters().get()
    assert "出せるもの　　調理室" in letter.body and "紹介してよいと、令和8年11月20日に" in letter.body
    assert (letter.to, asking_the_town.ask(NEXT_YEAR)) == ("sewa@example.com", 0)
    assert asking_the_town.ask(NEXT_YEAR + timedelta(368)) == 1
    assert Resource.objects.get(pk=one.pk).asked_on == NEXT_YEAR + timedelta(368)


def test_a_letter_holds_nobody_s_name_or_number_and_no_secret(desk):
    entry(desk, contact_name="架空の世話人", phone="046-888-7777", verified_on=None)

    asking_the_town.ask(timezone.localdate())

    body = letters().get().body
    assert "架空の世話人" not in body and "046-888" not in body


@pytest.mark.parametrize("deed", ["verify", "remove"])
def test_an_answer_that_came_first_keeps_the_letter_here(desk, deed):
    one = entry(desk, verified_on=None)
    asking_the_town.ask(timezone.localdate())

    resources.verify(one, by=desk) if deed == "verify" else resources.remove(one, by=desk, reason="廃止")

    assert [letter.state for letter in letters()] == ["held"]
    assert asking_the_town.ask(timezone.localdate()) == 0


def test_who_left_or_has_no_address_is_not_asked(desk):
    resources.remove(entry(desk, verified_on=None), by=desk, reason="外してほしいと連絡")
    make_town.resource(by=desk, verified_on=None)

    assert asking_the_town.ask(timezone.localdate()) == 0


def test_a_morning_writes_no_more_letters_than_the_desk_can_answer(desk, monkeypatch):
    monkeypatch.setattr(asking_the_town, "AT_ONCE", 2)
    for _ in range(3):
        entry(desk, verified_on=None)

    assert [asking_the_town.ask(timezone.localdate()) for _ in range(2)] == [2, 1]


def test_nothing_is_asked_on_a_closed_day(desk):
    entry(desk, verified_on=None)

    assert asking_the_town.ask(date(2026, 11, 23)) == 0

from datetime import date

import pytest
import time_machine

from proposals.models import Theme
from tests import make

pytestmark = pytest.mark.django_db


def theme(**fields):
    return Theme.objects.create(department=make.department(), title="架空の困りごと", **fields)


@time_machine.travel(date(2026, 6, 1), tick=False)
def test_the_form_offers_a_trouble_as_soon_as_it_is_shown_and_no_longer():
    first, second = theme(published_on=date(2026, 6, 1)), theme()
    told = [offered()]
    second.published_on, first.closes_on = date(2026, 6, 1), date(2026, 5, 31)

    for one in (second, first):
        one.save()
        told.append(offered())

    assert told == [{first.number}, {first.number, second.number}, {second.number}]
    second.delete()
    assert not offered()


def offered():
    return {theme.number for theme in Theme.objects.offered()}


@time_machine.travel(date(2026, 6, 1), tick=False)
def test_a_trouble_gets_the_next_number_of_its_year():
    assert [theme().number, theme().number] == ["T-R8-01", "T-R8-02"]


def test_a_trouble_keeps_its_number():
    first = theme()
    number = first.number

    first.save()

    assert first.number == number
    assert theme().number != number


def test_a_trouble_is_shown_from_its_day_to_its_last():
    shown = theme(published_on=date(2026, 6, 1), closes_on=date(2026, 6, 30))
    hidden = theme()  # not published

    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]

    assert [list(Theme.objects.open_on(day)) for day in days] == [[], [shown], [shown], []]
    assert [shown.is_open_on(day) for day in days] == [False, True, True, False]
    assert [hidden.is_open_on(day) for day in days] == [False] * 4


def test_the_desk_has_a_way_to_the_public_page_while_there_is_one(client):
    client.force_login(make.desk())
    shown, hidden = theme(published_on=date(2026, 4, 1)), theme()

    pages = [
        client.get(f"/admin/proposals/theme/{one.pk}/change/").content.decode() for one in (shown, hidden)
    ]

    assert [f"/themes/{one.number}/" in page for one, page in zip((shown, hidden), pages, strict=True)] == [
        True,
        False,
    ]

from datetime import date

import pytest
import time_machine

from proposals.models import Theme
from tests import make

pytestmark = pytest.mark.django_db


def theme(**fields):
    return Theme.objects.create(department=make.department(), title="架空の困りごと", **fields)


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
    theme(published_on=date(2026, 6, 1), closes_on=date(2026, 6, 30))
    theme()  # not published

    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]

    assert [Theme.objects.open_on(day).count() for day in days] == [0, 1, 1, 0]

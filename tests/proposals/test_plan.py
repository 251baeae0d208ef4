"""ざま未来プラン: its three 基本姿勢 are there in every city, while the plan is in force, each once."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from proposals.models import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.both]

plan = import_module("proposals.migrations.0017_plan")


@pytest.fixture
def stances():
    plan.bring(apps, connection)  # a test of another file may have emptied the tables
    return Measure.objects.filter(kind=Measure.Kind.STANCE, plan=plan.PLAN)


def test_the_three_stances_are_there_once_however_often_they_are_brought(stances):
    plan.bring(apps, connection)

    assert [stance.name for stance in stances.order_by("order")] == list(plan.STANCES)


def test_they_may_be_chosen_while_the0017_plan_is_in_force(stances):
    days = [date(2023, 3, 31), date(2023, 4, 1), date(2031, 3, 31), date(2031, 4, 1)]

    assert [stances.in_force(day).count() for day in days] == [0, 3, 3, 0]


def test_one_typed_before_without_days_is_given_them_and_one_ended_by_the_desk_stays_ended(stances):
    first, second, _ = stances.order_by("order")
    stances.filter(pk=first.pk).update(valid_from=None, valid_to=None)
    stances.filter(pk=second.pk).update(valid_to=date(2027, 3, 31))

    plan.bring(apps, connection)

    assert stances.get(pk=first.pk).valid_to == date(2031, 3, 31)
    assert stances.get(pk=second.pk).valid_to == date(2027, 3, 31)

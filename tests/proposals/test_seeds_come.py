"""Seeds come by themselves: on their day or any night after, or with a trouble that is like them; once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import ActedAs
from proposals import tasks
from proposals.models import Todo
from proposals.services import advance, seeds
from proposals.services.moves import leave
from proposals.workflow import Kind
from tests import make
from tests.make_talk import SEED_TEXT, day_from_now, decided, plant, planted, publish
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department("架空課")


# --- they come ----------------------------------------------------------------


def test_nothing_comes_before_its_day(section, desk):
    plant(decided(section, "no_go"), desk, on=day_from_now(1))

    assert tasks.wake_seeds() == 0


def test_on_its_day_or_any_night_after_a_seed_comes_once(section, desk):
    case = decided(section, "no_go")
    seed = plant(case, desk, on=day_from_now(3))

    with time_machine.travel(timezone.now() + timedelta(10), tick=False):
        came = [tasks.wake_seeds(), tasks.wake_seeds()]
        today = timezone.localdate()

    seed.refresh_from_db()
    record = case.records.order_by("sequence").last()
    todo = Todo.objects.get()
    assert (came, seed.came_on) == ([1, 0], today)
    assert (record.kind, record.acted_as) == (Kind.SEED, ActedAs.SYSTEM)
    assert (todo.proposal, todo.origin, todo.owner) == (case, Todo.Origin.SEED, None)
    assert SEED_TEXT in todo.text


def test_a_trouble_published_later_brings_a_case_back_and_is_named(section, desk):
    seed = plant(decided(section, "in_principle"), desk, "theme", field="こども、見守り")
    publish()

    came = seeds.wake(timezone.localdate())

    seed.refresh_from_db()
    assert came == 1
    assert seed.came_by == "困りごと「夕方の見守りが足りない」が公開されました（「見守り」が合います）"


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "空き家の使い道"},
        {"published_on": None},
        {"published_on": date(2026, 4, 1)},
        {"published_on": date(2999, 4, 1)},
    ],
)
def test_another_trouble_an_older_one_and_one_not_published_bring_nothing(section, desk, fields):
    plant(decided(section, "no_go"), desk, "theme", field="見守り")
    publish(**fields)

    assert seeds.wake(timezone.localdate()) == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [("高齢者の見守り活動", True), ("みまもり", False), ("夕", False), ("ミマモリ", False)],
)
def test_a_longer_word_meets_by_most_of_its_pairs(section, desk, words, found):
    plant(decided(section, "no_go"), desk, "theme", field=words)
    publish("ひとり暮らしの高齢者を見守りたい", background="見守りの活動が足りない")

    assert seeds.wake(timezone.localdate()) == found


def test_the_officer_who_looks_after_it_gets_it(section, desk):
    case = planted(decided(section, "no_go"), on=day_from_now(1))
    case.__class__.objects.filter(pk=case.pk).update(officer=desk)

    seeds.wake(day_from_now(1))

    assert Todo.objects.get().owner == desk


def test_an_officer_who_left_gets_nothing_the_desk_does(section, desk):
    case = planted(decided(section, "no_go"), on=day_from_now(1))
    case.__class__.objects.filter(pk=case.pk).update(officer=make.user())

    seeds.wake(day_from_now(1))

    assert Todo.objects.get().owner is None


def test_a_new_seed_or_a_new_beginning_settles_what_came(section, desk):
    case, other = (planted(decided(section, "no_go"), on=day_from_now(1)) for _ in range(2))
    seeds.wake(day_from_now(1))

    plant(case, desk)
    advance(other, "reopen", by=desk, note="見直すため")

    assert not Todo.objects.open().exists()


def test_a_case_sent_elsewhere_may_wait_too(desk):
    case = make.submission()
    leave(case, "hand_on", by=desk, note="別の制度が合うため", next_place="市民の声")

    assert plant(make.reload(case), desk)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_bring_it_back_once(section):
    planted(decided(section, "no_go"), on=day_from_now(1))

    came = at_once(*[lambda: seeds.wake(day_from_now(1))] * 2)

    assert sum(n for n in came if isinstance(n, int)) == 1
    assert Todo.objects.count() == 1

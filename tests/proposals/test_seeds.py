"""種の条件: a "no" is told with what brings it back, and it comes back by itself, once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cityhall.models import ActedAs
from cityhall.refusal import NotAllowed, Stale
from proposals import letters, tasks
from proposals.models import Seed, Theme, Todo
from proposals.services import advance, announcing, seeds
from proposals.services.moves import leave
from proposals.workflow import Kind, Step
from tests import make
from tests.make_talk import decided, planted
from tests.together import at_once

pytestmark = pytest.mark.django_db
TEXT = "架空の場所が見つかったら"


@pytest.fixture
def section():
    return make.department("架空課")


@pytest.fixture
def desk(client):
    person = make.desk()
    client.force_login(person)
    return person


def tomorrow(days=1):
    return timezone.localdate() + timedelta(days)


def plant(case, desk, kind="day", **told):
    if kind == "day":
        told = {"on": tomorrow(30)} | told
    return seeds.plant(case, by=desk, kind=kind, text=told.pop("text", TEXT), **told)


def publish(title="夕方の見守りが足りない", **fields):
    told = {"department": make.department(), "published_on": timezone.localdate(), **fields}
    return Theme.objects.create(title=title, **told)


# --- planted ------------------------------------------------------------------


def test_a_seed_is_planted_with_a_record(section, desk):
    case = decided(section, "no_go")

    seed = plant(case, desk, "theme", field="見守り、高齢者")

    record = case.records.get(kind=Kind.SEED)
    assert (seed.field, seed.by, record.by) == ("見守り、高齢者", desk, desk)
    assert record.text.text == f"近い困りごと（見守り、高齢者）が公開されたとき：{TEXT}"


def test_the_same_seed_pressed_twice_is_one(section, desk):
    case = decided(section, "no_go")
    first = plant(case, desk)

    again = plant(case, desk)

    assert (again.pk, case.records.filter(kind=Kind.SEED).count()) == (first.pk, 1)


@pytest.mark.parametrize(
    ("today", "season"), [("2026-08-31", date(2026, 9, 1)), ("2026-09-01", date(2027, 9, 1))]
)
def test_the_budget_season_is_the_next_one(today, season):
    assert seeds.budget_season_after(date.fromisoformat(today)) == season


def test_a_seed_of_the_budget_waits_for_the_season(section, desk):
    seed = plant(decided(section, "in_principle"), desk, "budget")

    assert seed.on == seeds.budget_season_after(timezone.localdate())


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": "theme"}, "どんな困りごと"),
        ({"kind": "day", "on": None}, "明日からの日"),
        ({"kind": "day", "on": date(2026, 1, 1)}, "明日からの日"),
        ({"kind": "謎"}, "明日からの日"),
        ({"text": "　"}, "何がそろえば"),
    ],
)
def test_what_says_nothing_is_refused(section, desk, told, words):
    with pytest.raises(NotAllowed, match=words):
        plant(decided(section, "no_go"), desk, **told)


@pytest.mark.parametrize("step", [Step.INTAKE, Step.DECISION])
def test_an_open_case_waits_for_no_seed(desk, step):
    with pytest.raises(NotAllowed, match="終わった案件"):
        plant(make.proposal(step), desk)


@pytest.mark.parametrize("maker", [make.manager, make.admin])
def test_nobody_but_the_desk_plants(section, maker):
    with pytest.raises(NotAllowed, match="窓口だけ"):
        plant(decided(section, "no_go"), maker())


def test_a_page_from_before_is_refused(section, desk):
    case = decided(section, "no_go")

    with pytest.raises(Stale):
        plant(case, desk, version=case.version - 1)


# --- announced ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["no_go", "in_principle"])
def test_a_no_is_not_told_without_a_seed(section, desk, name):
    case = decided(section, name)

    with pytest.raises(NotAllowed, match="いつまた見るか"):
        announcing.announce(case, by=desk, text="架空の文")

    announcing.announce(planted(case), by=desk, text="架空の文")


def test_the_letter_names_what_brings_it_back(section, desk):
    case = decided(section, "no_go")
    plant(case, desk, "theme", field="見守り")

    letter = letters.draft(make.reload(case))

    assert f"・近い困りごと（見守り）が公開されたとき：{TEXT}\n\n令和" in letter


def test_the_announce_page_asks_for_the_seed_first(client, desk, section):
    case = decided(section, "no_go")

    page = client.get(f"/admin/proposals/proposal/{case.number}/announce/")

    assert "先に、いつまた見るかを決めてください。" in page.text
    assert f"/admin/proposals/proposal/{case.number}/seeds/" in page.text


def test_planted_on_its_page_the_letter_is_next(client, desk, section):
    case = decided(section, "no_go")
    typed = {"version": case.version, "kind": "theme", "field": "見守り", "text": TEXT}

    response = client.post(f"/admin/proposals/proposal/{case.number}/seeds/", typed, follow=True)

    assert response.redirect_chain[0][0].endswith(f"/{case.number}/announce/")
    assert TEXT in response.context["form"]["text"].value()


@pytest.mark.parametrize("typed", [{"kind": "theme"}, {"kind": "day"}, {"text": ""}, {}])
def test_what_is_missing_is_said_and_the_rest_kept(client, desk, section, typed):
    case = decided(section, "no_go")
    sent = {"version": case.version, "text": TEXT} | typed

    page = client.post(f"/admin/proposals/proposal/{case.number}/seeds/", sent)

    assert page.context["form"].errors
    assert page.context["form"]["text"].value() == sent["text"]
    assert not Seed.objects.exists()


# --- given up -----------------------------------------------------------------


def test_the_last_seed_of_a_no_is_kept(section, desk):
    seed = plant(decided(section, "no_go"), desk)

    with pytest.raises(NotAllowed, match="最後の1つ"):
        seeds.drop(seed, by=desk, reason="変わったため")


def test_one_of_two_may_be_dropped_with_a_reason(client, section, desk):
    case = decided(section, "no_go")
    first, _ = plant(case, desk), plant(case, desk, "budget")
    address = f"/admin/proposals/proposal/{case.number}/seeds/{first.pk}/drop/"

    empty = client.post(address, {"reason": ""})
    client.post(address, {"reason": "場所がなくなったため"})

    first.refresh_from_db()
    assert empty.context["form"].errors
    assert first.dropped_on == timezone.localdate()
    assert "場所がなくなったため" in case.records.filter(kind=Kind.SEED).order_by("pk").last().text.text


def test_a_case_taken_up_again_waits_no_longer(section, desk):
    case = planted(decided(section, "no_go"))

    advance(case, "reopen", by=desk, note="場所が見つかったため")

    assert not case.seeds.waiting().exists()


# --- they come ----------------------------------------------------------------


def test_nothing_comes_before_its_day(section, desk):
    plant(decided(section, "no_go"), desk, on=tomorrow(1))

    assert tasks.wake_seeds() == 0


def test_on_its_day_or_any_night_after_a_seed_comes_once(section, desk):
    case = decided(section, "no_go")
    seed = plant(case, desk, on=tomorrow(3))

    with time_machine.travel(timezone.now() + timedelta(10), tick=False):
        came = [tasks.wake_seeds(), tasks.wake_seeds()]
        today = timezone.localdate()

    seed.refresh_from_db()
    record = case.records.order_by("sequence").last()
    todo = Todo.objects.get()
    assert (came, seed.came_on) == ([1, 0], today)
    assert (record.kind, record.acted_as) == (Kind.SEED, ActedAs.SYSTEM)
    assert (todo.proposal, todo.origin, todo.owner) == (case, Todo.Origin.SEED, None)
    assert TEXT in todo.text


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
    case = planted(decided(section, "no_go"), on=tomorrow(1))
    case.__class__.objects.filter(pk=case.pk).update(officer=desk)

    seeds.wake(tomorrow(1))

    assert Todo.objects.get().owner == desk


def test_an_officer_who_left_gets_nothing_the_desk_does(section, desk):
    case = planted(decided(section, "no_go"), on=tomorrow(1))
    case.__class__.objects.filter(pk=case.pk).update(officer=make.user())

    seeds.wake(tomorrow(1))

    assert Todo.objects.get().owner is None


def test_a_new_seed_or_a_new_beginning_settles_what_came(section, desk):
    case, other = (planted(decided(section, "no_go"), on=tomorrow(1)) for _ in range(2))
    seeds.wake(tomorrow(1))

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
    planted(decided(section, "no_go"), on=tomorrow(1))

    came = at_once(*[lambda: seeds.wake(tomorrow(1))] * 2)

    assert sum(n for n in came if isinstance(n, int)) == 1
    assert Todo.objects.count() == 1


# --- 種の庫 --------------------------------------------------------------------


def test_the_store_says_what_came_and_what_comes_next_first(client, section, desk):
    late, soon, came = (decided(section, "no_go") for _ in range(3))
    plant(late, desk, "theme", field="見守り")
    plant(soon, desk, on=tomorrow(40))
    plant(came, desk, on=tomorrow(1))
    seeds.wake(tomorrow(1))

    page = client.get("/admin/proposals/proposal/seeds/")

    assert [line["todo"].proposal for line in page.context["came"]] == [came]
    assert [line.seed.proposal for line in page.context["waiting"]] == [soon, late]
    assert f"/admin/proposals/proposal/{came.number}/move/reopen/" in page.text


def test_the_page_of_a_closed_case_shows_its_seeds(client, section, desk):
    case = planted(decided(section, "no_go"))

    page = client.get(f"/admin/proposals/proposal/{case.number}/change/")

    assert "架空の場所が見つかったら" in page.text
    assert "待たずに、いま再開する" in page.text

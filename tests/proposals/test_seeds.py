"""種の条件: a "no" is told with what brings it back; the store tells what each waits for."""

from datetime import date

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed, Stale
from proposals import letters
from proposals.models import Seed
from proposals.services import advance, announcing, seeds
from proposals.workflow import Kind, Step
from tests import make
from tests.make_talk import SEED_TEXT, day_from_now, decided, plant, planted

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make.department("架空課")


# --- planted ------------------------------------------------------------------


def test_a_seed_is_planted_with_a_record(section, desk):
    case = decided(section, "no_go")

    seed = plant(case, desk, "theme", field="見守り、高齢者")

    record = case.records.get(kind=Kind.SEED)
    assert (seed.field, seed.by, record.by) == ("見守り、高齢者", desk, desk)
    assert record.text.text == f"近い困りごと（見守り、高齢者）が公開されたとき：{SEED_TEXT}"


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

    assert f"・近い困りごと（見守り）が公開されたとき：{SEED_TEXT}\n\n■" in letter


def test_the_announce_page_asks_for_the_seed_first(client, desk, section):
    case = decided(section, "no_go")

    page = client.get(f"/admin/proposals/proposal/{case.number}/announce/")

    assert "先に、いつまた見るかを決めてください。" in page.text
    assert f"/admin/proposals/proposal/{case.number}/seeds/" in page.text


def test_planted_on_its_page_the_letter_is_next(client, desk, section):
    case = decided(section, "no_go")
    typed = {"version": case.version, "kind": "theme", "field": "見守り", "text": SEED_TEXT}

    response = client.post(f"/admin/proposals/proposal/{case.number}/seeds/", typed, follow=True)

    assert response.redirect_chain[0][0].endswith(f"/{case.number}/announce/")
    assert SEED_TEXT in response.context["form"]["text"].value()


@pytest.mark.parametrize("typed", [{"kind": "theme"}, {"kind": "day"}, {"text": ""}, {}])
def test_what_is_missing_is_said_and_the_rest_kept(client, desk, section, typed):
    case = decided(section, "no_go")
    sent = {"version": case.version, "text": SEED_TEXT} | typed

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


# --- 種の庫 --------------------------------------------------------------------


def test_the_store_says_what_came_and_what_comes_next_first(client, section, desk):
    late, soon, came = (decided(section, "no_go") for _ in range(3))
    plant(late, desk, "theme", field="見守り")
    plant(soon, desk, on=day_from_now(40))
    plant(came, desk, on=day_from_now(1))
    seeds.wake(day_from_now(1))

    page = client.get("/admin/proposals/proposal/seeds/")

    assert [line["todo"].proposal for line in page.context["came"]] == [came]
    assert [line.seed.proposal for line in page.context["waiting"]] == [soon, late]
    assert f"/admin/proposals/proposal/{came.number}/move/reopen/" in page.text


def test_the_page_of_a_closed_case_shows_its_seeds(client, section, desk):
    case = planted(decided(section, "no_go"))

    page = client.get(f"/admin/proposals/proposal/{case.number}/change/")

    assert "架空の場所が見つかったら" in page.text
    assert "待たずに、いま再開する" in page.text

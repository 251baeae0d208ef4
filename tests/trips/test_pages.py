"""The list of TRIPs and the page of one: who may, who gets 404, what they say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.services import advance, decisions
from proposals.workflow import Step
from tests import make, make_logicmodels, make_trips
from trips.services import add_duty, add_partner, cancel_before_start, link, plan_review

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"trips:{name}", args=args)


# --- who may -------------------------------------------------------------------


def test_the_public_reads_history_that_was_published(client):
    trip = make_trips.history()

    page = client.get(trip.get_absolute_url())

    assert page.status_code == 200
    assert "架空の出会い" in page.text
    assert "いまの番" not in page.text


def test_the_public_is_sent_to_the_login_for_any_other_trip(client):
    for number in (make_trips.trip().number, "TRIP-R8-99"):
        assert client.get(url("page", number)).url.startswith("/accounts/login/")


def test_the_public_list_has_published_trips_alone(client):
    shown, hidden = make_trips.history(), make_trips.trip()

    page = client.get(url("list"))

    assert shown.title in page.text
    assert hidden.number not in page.text


def test_the_leading_section_the_desk_and_managers_read_a_trip(as_):
    trip = make_trips.trip()

    for reader in (make.member(trip.department), make.head(trip.department), make.desk(), make.manager()):
        assert as_(reader).get(trip.get_absolute_url()).status_code == 200


def test_a_section_whose_case_travels_reads_the_trip_too(as_):
    other = make.department("架空の2つ目の課")
    trip = make_trips.trip(make_trips.adopted(), make_trips.adopted(other))

    assert as_(make.member(other)).get(trip.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("maker", ["admin", "stranger"])
def test_others_get_404(as_, maker):
    trip = make_trips.trip()
    person = make.admin() if maker == "admin" else make.member(make.department("架空のほかの課"))

    assert as_(person).get(trip.get_absolute_url()).status_code == 404


def test_a_reader_of_another_section_sees_nothing_internal_of_history(as_):
    trip = make_trips.history()

    page = as_(make.member(make.department("架空のほかの課"))).get(trip.get_absolute_url())

    assert page.status_code == 200
    assert "記録</h2>" not in page.text


# --- what the page says ----------------------------------------------------------


def test_the_strip_asks_the_section_for_the_next_review(as_):
    trip = make_trips.started()

    page = as_(make.member(trip.department)).get(trip.get_absolute_url())

    assert "次のふり返りの日を決めてください。" in page.text


def test_the_strip_says_until_when_once_the_day_is_set(as_, time_machine):
    time_machine.move_to("2026-11-20T10:00:00+09:00", tick=False)
    trip = make_trips.started()
    plan_review(trip, by=make.desk(), on=timezone.localdate().replace(month=12, day=4))

    page = as_(make.member(trip.department)).get(trip.get_absolute_url())

    assert "12月4日（金）まで" in page.text
    assert "あと9開庁日" in page.text


def test_the_phase_to_come_names_what_is_missing(as_):
    trip = make_trips.started()

    page = as_(make.desk()).get(trip.get_absolute_url())

    assert "進むには：ふり返りの記録を書く／生まれたものを1つ以上書く" in page.text


def test_a_published_trip_shows_its_own_model_to_everybody(client):
    trip = make_trips.history(logic_model=make_logicmodels.edition().model)

    page = client.get(trip.get_absolute_url())

    assert "道すじ（ロジックモデル）" in page.text
    assert "毎月の食事会" in page.text


def test_a_trip_shows_the_newest_edition_of_its_cases_model(as_):
    section = make.department("架空の所管課")
    case = make.proposal(Step.LOGIC_MODEL, section=section)
    edition = make_logicmodels.edition(proposal=case)
    advance(case, "refer", by=make.desk())
    decisions.decide(case, "go", by=make.head(section), decided_on=timezone.localdate())
    trip = make_trips.trip(make.reload(case))

    page = as_(make.member(section)).get(trip.get_absolute_url())

    assert edition.get_absolute_url() in page.text


def test_a_cancelled_trip_says_so_calmly(as_):
    trip = make_trips.trip()
    cancel_before_start(trip, by=make.head(trip.department), reason="協力先の都合")

    page = as_(make.desk()).get(trip.get_absolute_url())

    assert "始める前に中止したため、ありません。" in page.text
    assert "協力先の都合" in page.text


# --- figures ---------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_of_one_and_of_three(as_, django_assert_num_queries, rows):
    for _ in range(rows):
        make_trips.trip()
        make_trips.adopted()
    client = as_(make.desk())

    with django_assert_num_queries(4):
        client.get(url("list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_whatever_it_holds(as_, django_assert_num_queries, rows):
    trip = make_trips.started(*(make_trips.adopted() for _ in range(rows)))
    for n in range(rows):
        make_trips.result(trip, text=f"架空の{n}つ目の成果")
        make_trips.review(trip, text=f"{n}回目のふり返り")
        make_trips.milestone(trip, title=f"{n}つ目の節目")
        make_trips.report(trip)
        add_duty(trip, by=make.desk(), text=f"{n}つ目の務め")
        add_partner(trip, by=make.desk(), name=f"架空の団体{n}")
        link(make_trips.history(f"TRIP-0.{n}"), trip, reason="学びから", by=make.desk())
        link(trip, make_trips.trip(), reason="種から", by=make.desk())
    client = as_(make.member(trip.department))

    with django_assert_num_queries(15):
        client.get(trip.get_absolute_url())

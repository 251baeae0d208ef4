"""The pages of the TRIPs: who may, who gets 404, what they say and what they refuse."""

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.services import advance, decisions
from proposals.workflow import Step
from tests import make, make_logicmodels, make_trips
from trips.models import Trip
from trips.services import cancel_before_start, link, plan_review
from trips.workflow import Phase

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client):
    def login(user):
        client.force_login(user)
        return client

    return login


def url(name, *args):
    return reverse(f"trips:{name}", args=args)


def today():
    return timezone.localdate().isoformat()


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


# --- opening -------------------------------------------------------------------


def opening(case, **fields):
    return {"title": "架空の食材便", "department": case.department_id, "on": today(), **fields}


def test_the_desk_opens_a_trip_with_its_parent(as_):
    case, parent = make_trips.adopted(), make_trips.history()
    sent = opening(case, parent=parent.pk, reason="終わりを伝える約束の学びから")

    answer = as_(make.desk()).post(url("open", case.number), sent)

    trip = Trip.objects.get(title="架空の食材便")
    assert answer.url == trip.get_absolute_url()
    assert trip.links_up.get().parent == parent


def test_a_refused_opening_keeps_what_was_typed(as_):
    case, parent = make_trips.adopted(), make_trips.history()

    page = as_(make.desk()).post(url("open", case.number), opening(case, parent=parent.pk))

    assert "どうつながったか" in page.text
    assert 'value="架空の食材便"' in page.text
    assert not Trip.objects.filter(is_history=False).exists()


@pytest.mark.parametrize("kind", ["in_principle", "travelling"])
def test_only_an_adopted_case_without_a_trip_can_be_opened(as_, kind):
    case = make_trips.in_principle() if kind == "in_principle" else make_trips.adopted()
    if kind == "travelling":
        make_trips.trip(case)

    assert as_(make.desk()).get(url("open", case.number)).status_code == 404


def test_the_head_does_not_open_trips(as_):
    case = make_trips.adopted()

    assert as_(make.head(case.department)).get(url("open", case.number)).status_code == 404


# --- moving --------------------------------------------------------------------


def test_the_head_starts_a_trip(as_):
    trip = make_trips.trip()
    head = as_(make.head(trip.department))

    answer = head.post(url("move", trip.number, "start"), {"on": today(), "version": trip.version})

    assert answer.url == trip.get_absolute_url()
    assert make_trips.reload(trip).step == Phase.TRIAL


def test_a_move_that_lacks_something_says_what(as_):
    trip = make_trips.started()

    page = as_(make.head(trip.department)).get(url("move", trip.number, "bear"))

    assert "ふり返りの記録を書く" in page.text


def test_an_outdated_page_is_refused_and_keeps_its_words(as_):
    trip = make_trips.started()
    sent = {"on": today(), "version": trip.version - 1, "note": "役目を終えたため"}

    page = as_(make.head(trip.department)).post(url("move", trip.number, "end"), sent)

    assert "先に保存" in page.text
    assert "役目を終えたため" in page.text


@pytest.mark.parametrize("maker", [make.desk, make.manager])
def test_nobody_but_the_head_has_a_page_for_a_move(as_, maker):
    trip = make_trips.trip()

    assert as_(maker()).get(url("move", trip.number, "start")).status_code == 404


def test_a_move_that_is_not_on_the_table_is_not_there(as_):
    trip = make_trips.trip()

    assert as_(make.head(trip.department)).get(url("move", trip.number, "bear")).status_code == 404


# --- writing -------------------------------------------------------------------

# fmt: off
SENT = {
    "event": {"text": "はじめての打合せ", "source": "会議録"},
    "review": {"text": "3か月をふり返った"},
    "review-day": {},
    "result": {"kind": "indirect", "text": "月1回集まる", "evidence": "会議録", "said_by": "架空の課"},
    "partner": {"name": "架空の自治会", "role": "受け取る"},
}
# fmt: on


@pytest.mark.parametrize("what", SENT)
def test_the_section_writes_it_down(as_, what):
    trip = make_trips.started()
    before = trip.records.count()

    answer = as_(make.member(trip.department)).post(
        url("write", trip.number, what), {"on": today(), **SENT[what]}
    )

    assert answer.url == trip.get_absolute_url()
    assert trip.records.count() == before + 1


@pytest.mark.parametrize("what", [*SENT, "parent", "lead"])
def test_an_empty_form_is_answered_in_words(as_, what):
    trip = make_trips.started()

    page = as_(make.desk()).post(url("write", trip.number, what), {})

    assert page.status_code == 200
    assert "直していただきたい" in page.text


def test_a_parent_is_linked_from_the_page(as_):
    trip, parent = make_trips.trip(), make_trips.history()
    sent = {"parent": parent.pk, "reason": "学びから"}

    as_(make.desk()).post(url("write", trip.number, "parent"), sent)

    assert parent.title in as_(make.desk()).get(trip.get_absolute_url()).text


def test_a_result_before_the_start_is_refused_on_the_page(as_):
    trip = make_trips.trip()
    sent = {"on": today(), **SENT["result"]}

    page = as_(make.desk()).post(url("write", trip.number, "result"), sent)

    assert "②TRIP 1に入ってから" in page.text


def test_strangers_managers_and_the_unknown_word_get_404(as_):
    trip = make_trips.started()
    stranger = make.member(make.department("架空のほかの課"))

    for reader in (stranger, make.manager()):
        assert as_(reader).get(url("write", trip.number, "event")).status_code == 404
    assert as_(make.desk()).get(url("write", trip.number, "poem")).status_code == 404


def test_nobody_writes_into_history(as_):
    assert as_(make.desk()).get(url("write", make_trips.history().number, "event")).status_code == 404


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

    with django_assert_num_queries(5):
        client.get(url("list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_whatever_it_holds(as_, django_assert_num_queries, rows):
    trip = make_trips.started(*(make_trips.adopted() for _ in range(rows)))
    for n in range(rows):
        make_trips.result(trip)
        make_trips.review(trip)
        link(make_trips.history(f"TRIP-0.{n}"), trip, reason="学びから", by=make.desk())
        link(trip, make_trips.trip(), reason="種から", by=make.desk())
    client = as_(make.member(trip.department))

    with django_assert_num_queries(13):
        client.get(trip.get_absolute_url())

"""Opening a TRIP, moving it on and writing about it, on their pages: who may, and what is refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make, make_trips
from trips.models import Trip
from trips.workflow import Phase

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"trips:{name}", args=args)


def today():
    return timezone.localdate().isoformat()


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


def test_a_case_that_is_not_adopted_opens_nothing(as_):
    assert as_(make.desk()).get(url("open", make_trips.in_principle().number)).status_code == 404
    assert as_(make.desk()).get(url("open", "R8-9999")).status_code == 404


def test_a_second_press_leads_to_the_trip_of_the_first(as_):
    case, desk = make_trips.adopted(), as_(make.desk())

    first, second = (desk.post(url("open", case.number), opening(case), follow=True) for _ in range(2))

    trip = Trip.objects.get(proposals=case)
    assert (first.redirect_chain, second.redirect_chain) == ([(trip.get_absolute_url(), 302)],) * 2
    assert f"{case.number} からは、もう {trip.number} が開かれています。" in second.text


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
    assert page.context["form"]["version"].value() == trip.version


@pytest.mark.parametrize("maker", [make.desk, make.manager])
def test_nobody_but_the_head_has_a_page_for_a_move(as_, maker):
    trip = make_trips.trip()

    assert as_(maker()).get(url("move", trip.number, "start")).status_code == 404


def test_a_move_that_is_not_on_the_table_is_not_there(as_):
    trip = make_trips.trip()

    assert as_(make.head(trip.department)).get(url("move", trip.number, "fly")).status_code == 404


def test_a_move_from_another_phase_is_told_and_keeps_its_words(as_):
    trip = make_trips.trip()
    head = as_(make.head(trip.department))
    sent = {"on": today(), "version": trip.version, "note": "役目を終えたため"}

    opened = head.get(url("move", trip.number, "end"), follow=True)
    pressed = head.post(url("move", trip.number, "end"), sent)

    assert "いまの段階では、この動作は行えません" in opened.text
    assert "いまの段階では、この動作は行えません" in pressed.text
    assert "役目を終えたため" in pressed.text
    assert make_trips.reload(trip).step == Phase.GATE


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

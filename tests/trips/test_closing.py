"""終結・引継ぎ合意, and a rest on the way: what is asked before, and what comes back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from proposals.models import Todo
from proposals.services import chasing
from proposals.workflow import Kind as CaseKind
from tests import make, make_trips
from trips.services import (
    add_duty,
    add_partner,
    advance,
    come_back,
    finish_duty,
    give_duty,
    meet_again,
    plan_recontact,
    tell_partner,
)
from trips.workflow import Phase

pytestmark = pytest.mark.django_db


def head_of(trip):
    return make.head(trip.department)


def with_an_address():
    return make_trips.started(section=make.department("架空の所管課", email="s@example.com"))


def a_year_on():
    return timezone.localdate() + timedelta(365)


@pytest.mark.parametrize("move", ["end", "stop"])
@pytest.mark.both
def test_no_trip_closes_before_everybody_was_told_each_duty_has_somebody_and_a_day_is_set(move):
    trip = make_trips.started()
    add_partner(trip, by=make.desk(), name="架空の自治会")
    add_duty(trip, by=make.desk(), text="保冷箱を返す")

    with pytest.raises(NotAllowed) as refused:
        advance(trip, move, by=head_of(trip), note="役目を終えた")

    said = str(refused.value)
    assert "架空の自治会に終わりを知らせる" in said
    assert f"{trip.partners.first()}に終わりを知らせる" in said
    assert "残る務め「保冷箱を返す」の担い手を決める" in said
    assert "また会う日を決める" in said
    assert make_trips.reload(trip).step == Phase.TRIAL


@pytest.mark.both
def test_a_trip_closes_once_it_was_told_handed_over_and_a_day_is_set():
    trip = make_trips.started()
    duty = add_duty(trip, by=make.desk(), text="保冷箱を返す")
    for partner in trip.partners.all():
        tell_partner(trip, by=make.desk(), partner=partner, on=timezone.localdate(), how="訪問して")
    give_duty(duty, by=make.desk(), owner="架空の自治会")
    plan_recontact(trip, by=make.desk(), on=a_year_on(), who="架空の所管課")

    advance(trip, "end", by=head_of(trip), note="役目を終えた")

    assert make_trips.reload(trip).step == Phase.ENDED


def test_the_end_names_the_milestone_that_is_open_and_a_stop_does_not():
    trip = make_trips.ready_to_close(make_trips.milestone(title="中間の合意").trip)

    with pytest.raises(NotAllowed, match="節目「中間の合意」を終えるか、取りやめる"):
        advance(trip, "end", by=head_of(trip), note="役目を終えた")

    advance(trip, "stop", by=head_of(trip), note="担い手がいない")
    assert make_trips.reload(trip).step == Phase.CANCELLED


def test_a_partner_who_joins_after_all_were_told_is_told_too():
    trip = make_trips.ready_to_close()
    add_partner(trip, by=make.desk(), name="架空の学校")

    with pytest.raises(NotAllowed, match="架空の学校に終わりを知らせる"):
        advance(trip, "end", by=head_of(trip), note="役目を終えた")


def test_a_stop_after_the_start_is_told_on_all_its_cases():
    cases = [make_trips.adopted(), make_trips.adopted()]
    trip = make_trips.ready_to_close(make_trips.started(*cases))

    advance(trip, "stop", by=head_of(trip), note="担い手がいない")

    for case in cases:
        assert case.records.get(kind=CaseKind.PROJECT_STOPPED).data == {"project": trip.number}
        assert make.reload(case).adopted_on is not None


# --- what is refused on the way there ------------------------------------------


def test_a_partner_is_told_once_and_only_one_who_travels():
    trip, other = make_trips.started(), make_trips.started()
    told = {"by": make.desk(), "on": timezone.localdate(), "how": "電話で"}
    partner = trip.partners.get()
    tell_partner(trip, partner=partner, **told)

    with pytest.raises(NotAllowed, match="もう知らせています"):
        tell_partner(trip, partner=partner, **told)
    with pytest.raises(NotAllowed, match="一緒に旅をしていません"):
        tell_partner(trip, partner=other.partners.get(), **told)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"how": "　"}, "どのように"), ({"days": 1}, "今日まで"), ({"days": -1}, "始まった日から")],
)
def test_telling_needs_words_and_a_day_of_the_journey(change, said):
    trip = make_trips.started()
    told = {"how": "訪問して", **change}
    on = timezone.localdate() + timedelta(told.pop("days", 0))

    with pytest.raises(NotAllowed, match=said):
        tell_partner(trip, by=make.desk(), partner=trip.partners.get(), on=on, **told)


@pytest.mark.parametrize(
    ("days", "who", "said"), [(0, "課", "明日から"), (9, "　", "だれから"), (2500, "課", "5年")]
)
def test_the_day_to_meet_again_is_to_come_and_somebodys(days, who, said):
    on = timezone.localdate() + timedelta(days)

    with pytest.raises(NotAllowed, match=said):
        plan_recontact(make_trips.started(), by=make.desk(), on=on, who=who)


def test_promises_are_made_on_the_way_alone():
    with pytest.raises(NotAllowed, match="②TRIP 1に入ってから"):
        add_duty(make_trips.trip(), by=make.desk(), text="務め")


def test_a_duty_is_written_once_and_done_once_even_after_the_end():
    trip = make_trips.ready_to_close()
    duty = add_duty(trip, by=make.desk(), text="のぼりを返す", owner="架空の自治会")
    with pytest.raises(NotAllowed, match="もう書かれています"):
        add_duty(trip, by=make.desk(), text="のぼりを返す")
    advance(trip, "end", by=head_of(trip), note="役目を終えた")

    finish_duty(duty, by=make.desk(), on=timezone.localdate())

    with pytest.raises(NotAllowed, match="もう終わっています"):
        give_duty(duty, by=make.desk(), owner="だれか")


def test_strangers_promise_nothing():
    stranger = make.member(make.department("架空のほかの課"))

    with pytest.raises(NotAllowed, match="主に担当する課と窓口だけ"):
        add_duty(make_trips.started(), by=stranger, text="務め")


# --- what comes back -------------------------------------------------------------


@pytest.fixture
def ended():
    trip = make_trips.ready_to_close(with_an_address())
    advance(trip, "end", by=head_of(trip), note="役目を終えた")
    return make_trips.reload(trip)


@pytest.mark.both
def test_on_the_day_it_comes_back_to_the_desk_once(ended):
    day = ended.recontact_on
    assert come_back(day - timedelta(1)) == 0

    assert [come_back(day), come_back(day + timedelta(3))] == [1, 0]

    todo = Todo.objects.get(origin=Todo.Origin.PROMISE)
    assert (todo.due_on, todo.proposal) == (day, ended.proposals.get())
    assert ended.number in todo.text


def test_the_section_is_reminded_by_letter_too(ended):
    day = ended.recontact_on

    sent = sum(chasing.chase(day + timedelta(n)) for n in range(-10, 10))

    assert sent == 2
    assert "また会う日" in OutgoingMail.objects.filter(about=ended.number).last().subject


def test_meeting_again_sees_to_the_thing_to_do(ended, time_machine):
    time_machine.move_to(timezone.now() + timedelta(370))
    come_back(timezone.localdate())

    meet_again(ended, by=make.desk(), text="便は自治会が続けている。", on=timezone.localdate())

    assert not Todo.objects.open().exists()
    assert chasing.chase(timezone.localdate()) == 0
    with pytest.raises(NotAllowed, match="もう書かれています"):
        meet_again(ended, by=make.desk(), text="また", on=timezone.localdate())


def test_one_meets_again_only_after_the_end():
    with pytest.raises(NotAllowed, match="終わった共創プロジェクト"):
        meet_again(make_trips.started(), by=make.desk(), text="元気", on=timezone.localdate())


def test_the_page_says_what_was_promised_and_how_far_it_is(as_):
    trip = make_trips.started()

    page = as_(make.desk()).get(trip.get_absolute_url()).text

    assert "終わるときの約束" in page
    assert f"まだの団体：{trip.partners.get()}" in page


def test_a_closing_is_prepared_and_refused_on_the_pages(as_):
    trip = make_trips.started()
    head = as_(head_of(trip))
    today = timezone.localdate().isoformat()
    end = reverse("trips:move", args=[trip.number, "end"])
    assert "終わりを知らせる" in head.get(end).text
    refused = head.post(end, {"on": today, "version": trip.version, "note": "役目を終えた"})
    assert "また会う日を決める" in refused.text
    sent = {"partner": trip.partners.get().pk, "on": today, "how": "訪問して"}
    head.post(reverse("trips:write", args=[trip.number, "told"]), sent)
    sent = {"on": a_year_on().isoformat(), "who": "架空の所管課"}
    head.post(reverse("trips:write", args=[trip.number, "recontact"]), sent)

    version = make_trips.reload(trip).version
    head.post(end, {"on": today, "version": version, "note": "役目を終えた"})

    assert make_trips.reload(trip).ended_on == timezone.localdate()

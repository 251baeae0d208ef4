"""会議の記録: typed on one page, saved under a version, recorded back to the cases once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cityhall.refusal import NotAllowed, Stale
from proposals.models import ProposalRecord, Todo
from proposals.services import doubles, meetings
from proposals.workflow import Kind, Step
from tests import make, make_section, make_trips
from tests.make_meeting import opened, typed, words
from trips.models import Trip

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LIST = "/admin/proposals/meeting/"


@pytest.fixture
def desk(client):
    person = make.desk(name="架空窓口花子")
    client.force_login(person)
    return person


@pytest.fixture
def section():
    return make.department("架空の所管課")


def today():
    return timezone.localdate()


def url(meeting, deed=""):
    return f"{LIST}{meeting.held_on.isoformat()}/{deed}"


# --- the minutes --------------------------------------------------------------


def test_what_was_typed_is_kept_and_shown(client, desk):
    make.submission()
    meeting = opened(desk)
    said = {"item1-said": "まず会います。", "item1-follow_up": "電話する", "item1-owner": f"{desk.pk}"}

    answer = client.post(url(meeting, "minutes/"), typed(meeting, minutes="3人で話しました。", **said))

    told = client.get(url(meeting)).content.decode()
    assert answer.status_code == 302
    assert [
        words for words in ("まず会います。", "電話する", "3人で話しました。", desk.name) if words not in told
    ] == []


def test_who_saves_second_is_told_and_loses_nothing(client, desk):
    make.submission()
    meeting = opened(desk)
    meetings.save(meeting, by=desk, **words(meeting, item1={"said": "先に書いた文"}))

    answer = client.post(url(meeting, "minutes/"), typed(meeting, **{"item1-said": "あとの文"}))

    told = answer.content.decode()
    assert answer.status_code == 409
    assert "先に書いた文" in told
    assert "あとの文" in told
    assert meeting.items.get().said == "先に書いた文"


def test_the_same_save_twice_is_one(desk):
    make.submission()
    meeting = opened(desk)
    said = words(meeting, item1={"said": "同じ文"})
    meetings.save(meeting, by=desk, **said)

    again = meetings.save(meeting, by=desk, **said)

    assert again.version == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"follow_up": "電話する", "due_on": -1}, "今日から"),
        ({"due_on": 3}, "次にすること"),
        ({"follow_up": "電話する", "owner": "somebody"}, "いま窓口にいません"),
    ],
)
def test_a_follow_up_nobody_can_take_is_refused_by_its_place(desk, section, said, why):
    make.submission()
    meeting = opened(desk)
    if "due_on" in said:
        said = said | {"due_on": today() + timedelta(said["due_on"])}
    if "owner" in said:
        said = said | {"owner": make.member(section)}

    with pytest.raises(NotAllowed, match=f"1番.*{why}"):
        meetings.save(meeting, by=desk, **words(meeting, item1=said))


def test_a_stale_version_is_stale(desk):
    make.submission()
    meeting = opened(desk)
    meetings.save(meeting, by=desk, **words(meeting, item1={"said": "先"}))

    with pytest.raises(Stale):
        meetings.save(meeting, by=desk, **words(meeting, item1={"said": "後"}) | {"version": 0})


# --- recorded back ------------------------------------------------------------


def recorded(client, meeting, **said):
    return client.post(url(meeting, "minutes/"), typed(meeting, record="on", **said))


def test_what_was_said_comes_to_the_case_and_the_follow_up_to_the_list(client, desk):
    case = make.submission()
    meeting = opened(desk)
    due = today() + timedelta(5)
    said = {"item1-said": "まず会います。", "item1-follow_up": "電話する", "item1-owner": f"{desk.pk}"}

    recorded(client, meeting, **said, **{"item1-due_on": due.isoformat()})

    record, todo = case.records.get(kind=Kind.MEETING), case.todos.get()
    assert (record.by, "まず会います。" in record.text.text, "電話する" in record.text.text) == (
        desk,
        True,
        True,
    )
    assert (todo.text, todo.owner, todo.due_on) == ("電話する", desk, due)
    assert "まず会います。" in client.get(f"/admin/proposals/proposal/{case.number}/change/").content.decode()


def test_recorded_twice_is_once(client, desk):
    make.submission()
    meeting = opened(desk)
    said = {"item1-said": "まず会います。", "item1-follow_up": "電話する"}
    recorded(client, meeting, **said)

    again = recorded(client, meeting, **said)

    assert again.status_code == 302
    assert (ProposalRecord.objects.filter(kind=Kind.MEETING).count(), Todo.objects.count()) == (1, 1)


def test_what_is_typed_after_it_was_recorded_is_refused_and_kept(client, desk):
    make.submission()
    meeting = opened(desk)
    recorded(client, meeting, **{"item1-said": "まず会います。"})

    answer = recorded(client, meeting, **{"item1-said": "やはり会いません。"})

    assert answer.status_code == 409
    assert "やはり会いません。" in answer.content.decode()
    assert "まず会います。" in answer.content.decode()


def test_only_what_was_spoken_of_is_recorded(client, desk):
    silent, spoken = make.submission(), make.submission()
    meeting = opened(desk)

    recorded(client, meeting, **{"item2-said": "話しました。"})

    assert [case.records.filter(kind=Kind.MEETING).count() for case in (silent, spoken)] == [0, 1]


def test_what_the_proposer_sent_stays_unread(client, desk):
    case = make.proposal(Step.SORTING, by=desk)
    type(case).objects.filter(pk=case.pk).update(news="reply")
    meeting = opened(desk)

    recorded(client, meeting, **{"item1-said": "話しました。"})

    assert make.reload(case).news == "reply"


def test_a_double_is_written_on_the_case_that_lives_on(client, desk):
    double, original = make.submission(), make.submission()
    meeting = opened(desk)
    doubles.merge(double, original, by=desk, note="同じ提案のため")

    recorded(client, meeting, **{"item1-said": "同じ話でした。", "item1-follow_up": "電話する"})

    assert original.records.filter(kind=Kind.MEETING).exists()
    assert original.todos.get().text == "電話する"


def test_the_follow_up_of_a_trip_is_on_the_desks_list(client, desk, section):
    trip = make_trips.started(make_trips.adopted(section), section=section)
    Trip.objects.filter(pk=trip.pk).update(review_on=today())
    meeting = opened(desk)
    place = meeting.items.get(section="trip").place

    recorded(client, meeting, **{f"item{place}-follow_up": "ふり返りの日を決める"})

    todo = Todo.objects.get()
    assert (todo.proposal, todo.text) == (None, f"{trip.number}：ふり返りの日を決める")
    assert todo.text in client.get("/admin/").content.decode()


def test_before_its_day_nothing_is_recorded_and_what_was_typed_is_saved(client, desk):
    make.submission()
    meeting = opened(desk, held_on=today() + timedelta(3))

    answer = recorded(client, meeting, **{"item1-said": "予定です。"})

    assert "より前には、記録できません" in answer.content.decode()
    assert meeting.items.get().said == "予定です。"
    assert not ProposalRecord.objects.filter(kind=Kind.MEETING).exists()


def test_a_section_reads_no_word_of_it(client, desk, section):
    case = make.proposal(Step.HEARING, by=desk, section=section)
    meeting = opened(desk)
    recorded(client, meeting, **{"item1-said": "内緒の話です。"})
    browser = make_section.visit(make.member(section))

    told = browser.get(f"/section/cases/{case.number}/").content.decode()

    assert "内緒の話です。" not in told

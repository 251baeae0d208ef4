"""共創調整会議: the agenda frozen when it is opened, the minutes once, recorded back to the cases once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cityhall.refusal import NotAllowed
from cityhall.tables import read_table
from proposals.models import Meeting, MeetingItem
from proposals.services import advance, hearings, triage
from proposals.workflow import Step
from tests import make, make_matching, make_meeting, make_section, make_trips
from tests.make_meeting import opened
from trips.models import Trip

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LIST = "/admin/proposals/meeting/"
LINE = {"number": "R8-0001", "title": "架空の件", "standing": "②内容整理", "why": "止まっている"}


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


def on_agenda(meeting, section):
    return [item.number for item in meeting.items.filter(section=section)]


def url(meeting, deed=""):
    return f"{LIST}{meeting.held_on.isoformat()}/{deed}"


def answered(desk, *answers):
    """A case at ③ whose sections have answered so."""
    case = make.proposal(Step.SORTING, by=desk)
    advance_to_hearing(case, desk, [make.department(f"架空{n}課") for n in range(len(answers))])
    for sheet, (answer, text) in zip(case.hearings.order_by("pk"), answers, strict=True):
        said = {"answer": answer, "text": text} | ({"possible_when": "来年度"} if answer == "hard" else {})
        hearings.answer(sheet, by=make.head(sheet.department), **said)
    return make.reload(case)


def advance_to_hearing(case, desk, sections):
    triage.pass_gate(case, by=desk, note="対象です。")
    for section in sections:
        hearings.ask(case, section, by=desk, reason="関わる課のため")
    advance(make.reload(case), "start_hearing", by=desk)


# --- what is on the agenda ----------------------------------------------------


def test_a_meeting_to_come_and_one_whose_result_is_awaited_are_talked_of_without_the_town_s_names(desk):
    case, partner = make_matching.case(by=desk), make_matching.partner("架空の名のある会")
    make_matching.introduction(case, desk, departments=[make.department("架空の会う課")], resources=[partner])
    make_matching.introduction(case, desk, resources=[partner], on=today())
    make_matching.held(case, desk)

    with time_machine.travel(timezone.now() + timedelta(1)):
        items = opened(make.desk()).items.filter(section="meeting")

    assert [item.number for item in items] == [case.number] * 2
    assert "結果がまだです：地域の団体" in items[0].why
    assert "に会います：架空の会う課、地域の団体" in items[1].why


def test_what_arrived_since_the_last_meeting_is_new(desk):
    with time_machine.travel(timezone.now() - timedelta(9)):
        opened(desk)
    with time_machine.travel(timezone.now() - timedelta(10)):
        old = make.submission()
    new = make.submission()

    meeting = opened(desk)

    assert on_agenda(meeting, "new") == [new.number]
    assert old.number in on_agenda(meeting, "stuck")


def test_a_case_is_stuck_one_open_day_after_the_usual(desk):
    with time_machine.travel("2026-11-10T01:00:00Z"):  # a Tuesday; ① usually takes one open day
        case = make.submission()
    with time_machine.travel("2026-11-11T01:00:00Z"):
        in_time = opened(desk)
    with time_machine.travel("2026-11-12T01:00:00Z"):
        late = opened(desk)

    assert on_agenda(in_time, "stuck") == []
    assert on_agenda(late, "stuck") == [case.number]
    assert "2開庁日（ふつうは1開庁日）" in late.items.get(section="stuck").why


@pytest.mark.parametrize(
    ("answers", "is_told"),
    [
        ([("yes", "やります。"), ("hard", "手が足りません。")], True),
        ([("if", "場所があれば。"), ("if", "費用があれば。")], True),
        ([("if", "場所があれば。"), ("if", "場所があれば。")], False),
        ([("yes", "やります。"), ("yes", "一緒に。")], False),
    ],
)
def test_answers_that_differ_are_on_the_agenda(desk, answers, is_told):
    case = answered(desk, *answers)

    meeting = opened(desk)

    assert on_agenda(meeting, "conflict") == ([case.number] if is_told else [])


def test_a_case_before_6_and_one_that_ended_have_their_places(desk, section):
    waiting = make.proposal(Step.DECISION, by=desk, section=section)
    ended = make.proposal(by=desk)
    advance(ended, "withdraw", by=desk, note="提案者の都合")

    meeting = opened(desk)

    assert on_agenda(meeting, "decision") == [waiting.number]
    assert on_agenda(meeting, "closing") == [ended.number]


@pytest.mark.parametrize(("days", "is_told"), [(30, True), (32, False)])
def test_a_condition_due_within_a_month_is_on_the_agenda(desk, section, days, is_told):
    case = make_section.conditional(make.head(section), section)
    case.conditions.update(due_on=today() + timedelta(days))

    meeting = opened(desk)

    assert on_agenda(meeting, "condition") == ([case.number] if is_told else [])


@pytest.mark.parametrize(("days", "is_told"), [(31, True), (32, False)])
def test_a_trip_to_look_back_on_is_on_the_agenda(desk, section, days, is_told):
    trip = make_trips.started(make_trips.adopted(section), section=section)
    Trip.objects.filter(pk=trip.pk).update(review_on=today() + timedelta(days))

    meeting = opened(desk)

    assert on_agenda(meeting, "trip") == ([trip.number] if is_told else [])


def test_what_does_not_fit_is_said(desk):
    for _ in range(22):
        make.submission()

    meeting = opened(desk)

    assert (meeting.items.filter(section="new").count(), meeting.left_out["new"]) == (20, 2)


# --- opened -------------------------------------------------------------------


def test_what_does_not_fit_is_counted_to_the_last_and_the_list_is_a_step_away(client, desk):
    meeting = opened(desk)
    case = make.proposal(Step.SORTING, by=desk)
    MeetingItem.objects.create(meeting=meeting, section="stuck", place=99, proposal=case, **LINE)
    Meeting.objects.update(left_out={"stuck": 3980})

    page = client.get(f"{LIST}{meeting.held_on}/").text

    assert "ほか3980件" in page
    assert "期限を過ぎた案件の一覧を見る" in page and "?list=late" in page
    assert "条件待ちの案件の一覧を見る" not in page


def test_the_agenda_stays_as_it_was_handed_out(client, desk):
    case = make.submission(title="はじめの件名")
    client.post(LIST, {"held_on": today().isoformat(), "title": "十一月の会議"})
    type(case).objects.filter(pk=case.pk).update(title="あとの件名")
    advance(make.reload(case), "accept", by=desk)

    told = client.get(url(Meeting.objects.get())).content.decode()

    assert "はじめの件名" in told
    assert "あとの件名" not in told
    assert "①受付" in told


def test_pressed_twice_is_one_meeting(desk):
    make.submission()

    first, second = opened(desk), opened(desk)

    assert first == second
    assert (Meeting.objects.count(), MeetingItem.objects.count()) == (1, 1)


def test_another_meeting_on_that_day_is_refused_with_the_name_of_the_first(client, desk):
    opened(desk)

    told = client.post(LIST, {"held_on": today().isoformat(), "title": "別の会議"}).content.decode()

    assert make_meeting.TITLE in told
    assert "別の会議" in told
    assert Meeting.objects.count() == 1


def test_a_day_gone_by_and_anybody_else_are_refused(desk, section):
    with pytest.raises(NotAllowed, match="今日から"):
        opened(desk, held_on=today() - timedelta(1))
    with pytest.raises(NotAllowed, match="窓口"):
        opened(make.head(section))


def test_empty_is_said(client, desk):
    assert "まだ会議はありません" in client.get(LIST).content.decode()
    meeting = opened(desk)

    told = client.get(url(meeting)).content.decode()

    assert told.count("この議題はありません") == len(MeetingItem.Section)
    assert (
        "議題はありません。議事の記録だけを書けます" in client.get(url(meeting, "minutes/")).content.decode()
    )


# --- the table, and the cost --------------------------------------------------


def test_the_table_has_every_line_and_no_formula(client, desk):
    make.submission(title="=1+1")
    meeting = opened(desk)

    answer = client.get(url(meeting, "xlsx/"))

    (row,) = read_table(answer.content).rows
    assert (row["件名"], row["議題"]) == ("=1+1", "新しく届いた案件")
    assert b"<f>" not in answer.content


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_pages_ask_as_much_of_many_as_of_few(client, desk):
    few, many = opened(desk), None
    with time_machine.travel(timezone.now() + timedelta(1)):
        client.force_login(desk)
        for n in range(25):
            make.submission(title=f"{n}件目")
        many = opened(desk)
        client.force_login(desk)

        counts = [
            (asked(client, url(few, page)), asked(client, url(many, page))) for page in ("", "minutes/")
        ]

    assert all(crowd <= alone + 1 for alone, crowd in counts)
    assert max(max(pair) for pair in counts) <= 15


def test_opening_asks_the_same_of_many_as_of_few(desk):
    def cost(day):
        with CaptureQueriesContext(connection) as found:
            opened(desk, held_on=today() + timedelta(day))
        return len(found)

    make.submission()
    few = cost(1)
    for _ in range(25):
        make.submission()

    assert cost(2) <= few + 1

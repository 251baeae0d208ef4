"""Due days by letter: a reminder before and a chaser after, each once, whatever beat and mail server do."""

from datetime import date, datetime, time, timedelta

import pytest

from cityhall import calendar, postman
from cityhall.models import OutgoingMail
from cityhall.refusal import NotAllowed
from proposals.services import asking_for, chasing, hearings, many
from tests import make, make_deciding, make_section
from tests.make_section import asked

pytestmark = [pytest.mark.django_db, pytest.mark.both]

BEFORE, AFTER = "before", "after"


def at(day, hour=9):
    return datetime.combine(day, time(hour), calendar.TOKYO)


def told(about=""):
    """The letters of due days that wait or have left."""
    letters = OutgoingMail.objects.filter(key__contains=":due:", state__in=["queued", "sent"])
    return [letter.key.split(":due:")[1] for letter in letters.filter(key__contains=about).order_by("pk")]


# --- one sheet, day by day (July 2026: Wednesday the 1st; the 20th is a holiday) ---


@pytest.fixture
def sheet(time_machine):
    time_machine.move_to(at(date(2026, 7, 1)))
    return asked(make.department(email="asked@example.com")).hearings.get()  # due on Friday the 10th


def days_with_letters(time_machine, *days):
    """On which of these days of July the task queues something, run twice on each."""
    found = []
    for day in days:
        time_machine.move_to(at(date(2026, 7, day)))
        found += [day] * (chasing.chase(date(2026, 7, day)) + chasing.chase(date(2026, 7, day)))
        postman.deliver_due()
    return found


def test_two_open_days_before_and_one_after(sheet, time_machine):
    assert days_with_letters(time_machine, *range(1, 32)) == [8, 13]
    assert told() == [f"sheet:{sheet.pk}:{kind}:2026-07-10" for kind in (BEFORE, AFTER)]


@pytest.mark.parametrize(
    ("days", "letters"),
    [
        ([9, 10], [9]),  # a missed day is made up for
        ([10, 13], [10, 13]),
        ([11, 12, 13], [13]),  # too late to remind: one letter, not two; nothing on a weekend
        ([20, 21, 22], [21]),
    ],
)
def test_a_missed_day_is_made_up_for(sheet, time_machine, days, letters):
    assert days_with_letters(time_machine, *days) == letters


def test_the_answer_stops_both(sheet, time_machine):
    head = make.head(sheet.department)
    time_machine.move_to(at(date(2026, 7, 7)))
    hearings.answer(sheet, by=head, answer="yes", text="架空の返事")

    assert days_with_letters(time_machine, 8, 13) == []


def test_of_the_desk_and_the_beat_one_writes_about_a_sheet_on_a_day(sheet, time_machine):
    time_machine.move_to(at(date(2026, 7, 8)))
    many.remind(make.reload(sheet.proposal), by=make.desk())

    assert days_with_letters(time_machine, 8, 9) == [9]  # the desk had written on the 8th
    with pytest.raises(NotAllowed, match="今日、期限の知らせが出ています"):
        many.remind(make.reload(sheet.proposal), by=make.desk())
    time_machine.move_to(at(date(2026, 7, 10)))
    assert many.remind(make.reload(sheet.proposal), by=make.desk()) == [sheet.department.name]


def test_a_letter_of_the_beat_that_has_not_left_gives_way_to_the_desks(sheet, time_machine):
    time_machine.move_to(at(date(2026, 7, 8)))
    chasing.chase(date(2026, 7, 8))  # and the mail server is away
    time_machine.move_to(at(date(2026, 7, 9)))
    many.remind(make.reload(sheet.proposal), by=make.desk())

    chasing.chase(date(2026, 7, 9))

    waiting = OutgoingMail.objects.filter(to="asked@example.com", state="queued").exclude(
        key__endswith=f":sheet:{sheet.pk}"
    )
    assert [letter.key for letter in waiting] == [f"R8-0001:remind:sheet:{sheet.pk}:2026-07-09"]


def test_no_longer_waiting_stops_the_chaser(sheet, time_machine):
    assert days_with_letters(time_machine, 8) == [8]
    hearings.waive(sheet, by=make.desk(), reason="架空の理由")

    assert days_with_letters(time_machine, 13) == []


def test_the_end_of_the_case_stops_the_chaser(sheet, time_machine):
    type(sheet.proposal).objects.filter(pk=sheet.proposal_id).update(step="withdrawn")

    assert days_with_letters(time_machine, 8, 13) == []


def test_a_letter_still_here_when_the_answer_comes_does_not_leave(sheet, time_machine):
    time_machine.move_to(at(date(2026, 7, 8)))
    assert chasing.chase(date(2026, 7, 8)) == 1
    hearings.answer(sheet, by=make.head(sheet.department), answer="yes", text="架空の返事")
    OutgoingMail.objects.exclude(key__contains=":due:").delete()

    chasing.chase(date(2026, 7, 8))

    assert (postman.deliver_due(), told()) == (0, [])


def test_while_the_proposer_is_asked_nothing_is_due_and_the_day_moves(sheet, time_machine):
    desk, member = make.desk(), make.member(sheet.department)
    time_machine.move_to(at(date(2026, 7, 7)))
    wish = asking_for.wish(sheet, by=member, text="架空の問い", may_name=True)
    asking_for.put(wish, by=desk, text="架空の問い")
    assert days_with_letters(time_machine, *range(8, 14)) == []

    time_machine.move_to(at(date(2026, 7, 13)))
    wish.refresh_from_db()
    wish.message.answered_at = at(date(2026, 7, 13))
    wish.message.save()

    # four open days rested: due on the 16th
    assert days_with_letters(time_machine, *range(14, 24)) == [14, 17]


# --- decisions, consents, conditions ------------------------------------------------


def test_a_decision_and_a_consent_are_due_like_a_sheet(time_machine):
    time_machine.move_to(at(date(2026, 7, 1)))
    lead, joint = make.department(email="lead@example.com"), make.department(email="joint@example.com")
    case = make_deciding.referred(lead, joint_with=[joint])
    due = case.due_on
    days = [due - timedelta(n) for n in range(8, -8, -1)]

    for day in days:
        time_machine.move_to(at(day))
        chasing.chase(day)
        postman.deliver_due()

    assert sorted(told(f"due:decision:{case.pk}:")) == sorted(
        f"decision:{case.pk}:{kind}:{due}" for kind in (BEFORE, AFTER)
    )
    assert len(told("due:consent:")) == 2


def test_conditions_due_on_one_day_are_one_letter(time_machine):
    time_machine.move_to(at(date(2026, 7, 1)))
    section = make.department(email="own@example.com")
    case = make_section.conditional(make.head(section), section, texts=["架空の条件1", "架空の条件2"])
    due = case.conditions.first().due_on  # the 31st

    assert days_with_letters(time_machine, 28, 29, 30, 31) == [29]
    letter = OutgoingMail.objects.get(key__contains=f":before:{due}")
    assert (letter.to, f"/section/cases/{case.number}/conditions/" in letter.body) == (section.email, True)


def test_the_letter_leads_to_the_sheet_and_says_nothing_of_the_proposal(sheet, time_machine):
    days_with_letters(time_machine, 8)

    letter = OutgoingMail.objects.get(key__contains=":due:")

    assert (letter.to, letter.about) == ("asked@example.com", sheet.proposal.number)
    assert f"/section/sheets/{sheet.proposal.number}/1/" in letter.body
    assert "令和8年7月10日" in letter.body
    assert sheet.proposal.title not in letter.body

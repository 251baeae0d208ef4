"""しばらく声をかけていない: organisations nobody has spoken with come before the desk, once."""

from datetime import date, timedelta

import pytest
import time_machine

from cityhall.refusal import NotAllowed
from proposals.models import Organization, Proposal, Todo
from proposals.services import encounters, organizations, reminding
from tests import make
from tests.make_talk import ask

pytestmark = pytest.mark.django_db

LONG_AGO = "2026-08-03T10:00:00+09:00"


def quiet_case():
    with time_machine.travel(LONG_AGO):
        return make.submission()


def reminders():
    return list(Todo.objects.open().filter(origin=Todo.Origin.QUIET))


@pytest.mark.both
@pytest.mark.parametrize(
    ("today", "count"), [(date(2026, 10, 1), 0), (date(2026, 10, 2), 1), (date(2026, 12, 1), 1)]
)
def test_sixty_days_without_a_word_put_it_before_the_desk_even_after_missed_nights(today, count):
    case = quiet_case()

    reminding.remind(today)
    reminding.remind(today)

    assert [todo.organization for todo in reminders()] == [case.organization] * count


def test_it_is_put_there_once_however_many_nights_pass():
    quiet_case()

    made = [reminding.remind(date(2026, 10, 2) + timedelta(n)) for n in range(5)]

    assert made == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("how", ["met", "wrote", "came"])
def test_a_word_ends_it_and_sixty_days_begin_anew(how):
    case, desk = quiet_case(), make.desk()
    reminding.remind(date(2026, 10, 2))
    with time_machine.travel("2026-10-05T10:00:00+09:00"):
        if how == "met":
            encounters.note_encounter(case, by=desk, kind="phone", on=date(2026, 10, 5), text="話した。")
        elif how == "wrote":
            ask(case, desk)
        else:
            Proposal.objects.filter(pk=make.submission().pk).update(organization=case.organization)

    reminding.remind(date(2026, 10, 6))

    assert reminders() == []
    assert [reminding.remind(date(2026, 12, day)) for day in (3, 4)] == [0, 1]


def test_an_agreed_wait_ends_the_reminder_until_its_day():
    case, desk = quiet_case(), make.desk()
    reminding.remind(date(2026, 10, 2))
    with time_machine.travel("2026-10-05T10:00:00+09:00"):
        organizations.wait(case.organization, by=desk, until=date(2026, 11, 10), reason="繁忙期のため")

    made = [reminding.remind(day) for day in (date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11))]

    assert made == [0, 1, 0]


def test_a_reminder_seen_to_comes_again_after_sixty_days():
    quiet_case()
    reminding.remind(date(2026, 10, 2))
    Todo.objects.update(done_at="2026-10-03T01:00:00Z", done_by=make.desk())

    assert [reminding.remind(date(2026, 12, day)) for day in (1, 2)] == [0, 1]


def test_nobody_is_reminded_of_whoever_took_the_proposal_back():
    case = quiet_case()
    Proposal.objects.filter(pk=case.pk).update(step="withdrawn")

    assert reminding.remind(date(2026, 12, 1)) == 0


@pytest.mark.parametrize(("until", "reason"), [(date(2026, 11, 1), "理由"), (date(2099, 1, 1), "　")])
def test_a_wait_needs_a_day_to_come_and_a_reason(until, reason):
    with pytest.raises(NotAllowed):
        organizations.wait(make.submission().organization, by=make.desk(), until=until, reason=reason)


def test_the_desk_waits_on_the_page_of_the_organisation(client):
    one = make.submission().organization
    client.force_login(make.desk())

    client.post(
        f"/admin/proposals/organization/{one.pk}/wait/",
        {"version": 0, "until": "2099-01-01", "reason": "春まで置く"},
    )

    one = Organization.objects.get(pk=one.pk)
    assert (one.quiet_until, one.quiet_reason) == (date(2099, 1, 1), "春まで置く")

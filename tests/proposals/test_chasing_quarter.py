"""Ninety days of letters about due days, with outages of beat and mail server: each letter arrives once."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest

from cityhall import calendar, postman
from cityhall.models import OutgoingMail
from proposals.mail import reminders
from proposals.services import chasing, hearings
from tests import make
from tests.make_section import asked
from tests.proposals.test_chasing import AFTER, BEFORE, at

pytestmark = pytest.mark.django_db

FIRST, DAYS, HOURS = date(2026, 6, 1), 90, (8, 12, 17)
AWAY = "421 4.3.2 shutting down"


class Quarter:
    """Ninety days with sheets asked, answered and left lying, and days without beat or mail server."""

    def __init__(self, time_machine, sink, seed=7):
        self.clock, self.sink, self.random = time_machine, sink, Random(seed)
        self.days = [FIRST + timedelta(n) for n in range(DAYS)]
        self.asked_on = set(self.random.sample([d for d in self.days[:70] if calendar.is_open(d)], 12))
        self.no_beat = self._outages(6)
        self.no_mail = self._outages(6)
        self.ends = {}
        self.arrived = []

    def _outages(self, number):
        """Days away: some of one day, some of up to a week."""
        starts = self.random.sample(self.days, number)
        return {start + timedelta(n) for start in starts for n in range(self.random.choice([1, 2, 7]))}

    def live(self):
        for day in self.days:
            for hour in HOURS:
                self.clock.move_to(at(day, hour), tick=False)
                self._work(day)
                if hour == 12:
                    self._people(day)
        return self

    def _work(self, day):
        """What beat does: with it away nothing runs, with the mail server away nothing leaves."""
        if day in self.no_beat:
            return
        self.sink.answers = {"MAIL": AWAY} if day in self.no_mail else {}
        before = set(self._sent())
        chasing.chase(day)
        postman.deliver_due()
        self.arrived += [(key, day) for key in self._sent() if key not in before]

    def _sent(self):
        found = OutgoingMail.objects.filter(key__contains=":due:", state="sent")
        return list(found.values_list("key", flat=True))

    def _people(self, day):
        for sheet in [one for one, end in self.ends.items() if end == day]:
            hearings.answer(sheet, by=make.head(sheet.department), answer="yes", text="架空の返事")
        if day in self.asked_on:
            sheet = asked(make.department(email="asked@example.com")).hearings.get()
            rest = self.random.choice([None, 2, 6, 11, 14, 20])
            self.ends[sheet] = rest and calendar.add_open_days(day, rest)

    def wanted(self):
        """By hand: written on the first open day of its time with beat, it leaves on the next with both."""
        found = set()
        for sheet, end in self.ends.items():
            lived = [d for d in self.days if sheet.asked_on < d and (end is None or d <= end)]
            near = [d for d in lived if d <= sheet.due_on and calendar.count_open_days(d, sheet.due_on) <= 2]
            late = [d for d in lived if calendar.count_open_days(sheet.due_on, d) >= 1]
            for kind, days in ((BEFORE, near), (AFTER, late)):
                days = [d for d in days if d not in self.no_beat]
                written = next((d for d in days if calendar.is_open(d)), None)
                leaves = [d for d in days if written and written <= d and d not in self.no_mail]
                found |= {(sheet.pk, kind, leaves[0])} if leaves else set()
        return found

    def came(self):
        """Which letters arrived, how often each, and when."""
        told = Counter()
        for key, day in self.arrived:
            _, pk, kind, _ = key.split(":due:")[1].split(":")[:4]
            told[int(pk), kind, day] += 1
        return told


@pytest.mark.both
@pytest.mark.parametrize("seed", [3, 7])
def test_in_ninety_days_with_outages_each_letter_arrives_exactly_once(time_machine, sink, seed):
    quarter = Quarter(time_machine, sink, seed).live()

    assert quarter.came() == dict.fromkeys(quarter.wanted(), 1)
    kinds = Counter(kind for _, kind, _ in quarter.wanted())
    assert kinds[BEFORE] > 3 and kinds[AFTER] > 3


def test_the_ninety_days_see_a_letter_that_is_written_anew_each_day(time_machine, sink, monkeypatch):
    monkeypatch.setattr(
        reminders,
        "_key",
        lambda one, kind: f"due:{one.key}:{kind}:{calendar.jst_date(datetime.now(calendar.TOKYO))}",
    )

    quarter = Quarter(time_machine, sink).live()

    assert quarter.came() != dict.fromkeys(quarter.wanted(), 1)


def test_the_ninety_days_see_letters_that_only_their_own_day_would_send(time_machine, sink, monkeypatch):
    exact = {2: BEFORE, -1: AFTER}
    monkeypatch.setattr(
        chasing,
        "letter_due",
        lambda one, day, closed: exact.get(calendar.count_open_days(day, one.due_on), ""),
    )

    quarter = Quarter(time_machine, sink).live()

    assert quarter.came() != dict.fromkeys(quarter.wanted(), 1)

"""The daily digest: what is new and what waits, for those of the sections who like one letter a day."""

from datetime import date

from django.db import transaction

from cityhall import access, calendar, closures, section_post
from cityhall.models import Role, User
from proposals import mail
from proposals.waiting import waiting


def send_daily(today: date) -> int:
    """Queue each person's digest of an open day, once a day, and none where there is nothing to tell.

    A morning without beat is made up for during the day; returns how many letters there are.
    """
    closed = closures.closed_days()
    if not calendar.is_open(today, closed):
        return 0
    return sum(_send(person, today, closed) for person in section_post.readers_of_digests(today))


@transaction.atomic
def _send(person: User, today: date, closed: frozenset[date]) -> bool:
    if not section_post.see_to(person, today):
        return False
    sections = access.departments_of(person, Role.MEMBER, Role.HEAD)
    heads = access.departments_of(person, Role.HEAD)
    news = section_post.take_news(person, sections, today)
    things = [
        one
        for one in waiting(today, closed, sections=sections)
        if not one.is_for_heads or one.department in heads
    ]
    if news or things:
        mail.queue_digest(person, today, news=news, things=things)
    return bool(news or things)

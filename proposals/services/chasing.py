"""Letters that put a section in mind of what is due: a reminder before the day and a chaser after it."""

from datetime import date

from django.db import transaction

from cityhall import calendar, closures, section_post
from proposals import mail
from proposals.mail.reminders import OF_DUE_DAYS, PRESSED, due_key, pressed_key
from proposals.models import Proposal
from proposals.waiting import Waiting, letter_due, waiting


@transaction.atomic
def chase(today: date) -> int:
    """Queue each letter that should have left by today and has not, once for its due day; returns how many.

    Whatever days were missed: a reminder whose day is past gives way to the chaser. What no longer holds and
    has not left, because the answer came or the mail server was away, is kept here. On a closed day nothing
    is written, and about a sheet the desk has written about itself nothing more on that day.
    """
    closed = closures.closed_days()
    wanted = _wanted(waiting(today, closed), today, closed)
    wanted = _without_pressed(wanted, today)
    section_post.recall(OF_DUE_DAYS, but=wanted)
    if not calendar.is_open(today, closed):
        return 0
    known = section_post.known(OF_DUE_DAYS, [one.case.number for one, _ in wanted.values()])
    new = [key for key in wanted if key not in known]
    for key in new:
        mail.queue_due(*wanted[key])
    return len(new)


def _without_pressed(wanted: dict, today: date) -> dict:
    """What is left when the cases are locked, as the desk locks the one it writes about."""
    cases = {one.case.number for one, _ in wanted.values()}
    list(Proposal.objects.select_for_update().filter(number__in=cases).order_by("pk").values_list("pk"))
    pressed = section_post.known(PRESSED, cases)
    return {key: told for key, told in wanted.items() if pressed_key(told[0], today) not in pressed}


def _wanted(open_things: list[Waiting], today: date, closed) -> dict[str, tuple[Waiting, str]]:
    """By its key, what waits and which letter is due for it."""
    due = ((one, letter_due(one, today, closed)) for one in open_things)
    return {due_key(one, kind): (one, kind) for one, kind in due if kind}

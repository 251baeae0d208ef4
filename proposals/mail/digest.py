"""The daily digest of somebody in a section: what is new, and what waits for them."""

from datetime import date

from django.template.loader import render_to_string

from cityhall import post
from cityhall.context import office
from cityhall.models import Notice, OutgoingMail, User
from cityhall.templatetags.zama import short_date
from proposals.mail.letter import address, plain
from proposals.waiting import Waiting


def queue_digest(
    person: User, today: date, *, news: list[Notice], things: list[Waiting]
) -> OutgoingMail | None:
    """Everything in one letter, once a day."""
    said = {
        "person": person,
        "site": office(),
        "today": today,
        "news": [(line.subject, address(line.page)) for line in news],
        "things": [(_line(one, today), address(one.page)) for one in things],
    }
    return post.queue(
        key=f"digest:{person.pk}:{today}",
        to=person.email,
        subject=f"【窓口】{short_date(today)}のまとめ",
        body=plain(render_to_string("proposals/mail/digest.txt", said)),
    )


def _line(one: Waiting, today: date) -> str:
    until = f"期限 {short_date(one.due_on)}" if one.due_on else "期限は決まっていません"
    late = "（過ぎています）" if one.due_on and one.due_on < today else ""
    rests = "提案者に尋ねているあいだ、止まっています" if one.rests else until + late
    return f"{one.what}　{one.case.number}　{one.department}　{rests}"

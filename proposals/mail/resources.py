"""The yearly letter to who stands in the register: is this still so, and may we still name you?"""

from datetime import date

from django.template.loader import render_to_string

from cityhall import post
from cityhall.context import office
from cityhall.models import OutgoingMail
from proposals.mail.letter import plain
from proposals.models import Resource


def queue_is_this_still_so(resource: Resource, on: date) -> OutgoingMail | None:
    """What stands in the register, word for word, and how to answer; once for the day it was asked."""
    site = office()
    said = {"resource": resource, "site": site}
    return post.queue(
        key=f"resource:{resource.pk}:still-so:{on}",
        to=resource.email,
        subject=f"【{site['city']}】登録の内容は、いまもこのとおりでしょうか",
        body=plain(render_to_string("proposals/mail/still_so.txt", said)),
    )

"""The first page of 課のまど."""

from django.shortcuts import redirect

from cityhall.access import role_required
from cityhall.panels import panels_for
from proposals.models import Proposal, Theme
from proposals.views.section import replies, room
from proposals.views.section.days import Today
from proposals.views.section.hints import lines
from proposals.views.section.todo import things_to_do

SHOWN, CONNECTED = 50, 3


@role_required(*room.READERS)
def home(request):
    """Members and heads see what is asked of their sections; whoever has none goes to their own room."""
    sections = room.sections_of(request.user)
    if not sections:
        return redirect(room.way_home(request.user)[1])
    today = Today()
    return room.show(
        request,
        "home",
        today=today.day,
        things=things_to_do(request.user, sections, today),
        has_several=len(sections) > 1,
        panels=panels_for("section.home", sections, request.user),
        connected=lines(sections)[:CONNECTED],
        themes=Theme.objects.of(sections).with_answers(),
        **replies.told(sections, request.GET.get("year", ""), today.day),
        cases=Proposal.objects.of(sections).with_people()[:SHOWN],
    )

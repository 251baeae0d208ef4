"""Meetings for tests."""

from django.utils import timezone

from proposals.services import meetings

TITLE = "架空の月の会議"


def opened(by, **fields):
    return meetings.open_meeting(by=by, **({"held_on": timezone.localdate(), "title": TITLE} | fields))


def words(meeting, **by_place):
    """What `meetings.save` takes: nothing said of any item but those named, as item1={...}."""
    nothing = {"said": "", "follow_up": "", "owner": None, "due_on": None}
    items = {item.place: nothing | by_place.get(f"item{item.place}", {}) for item in meeting.items.all()}
    return {"version": meeting.version, "minutes": "", "items": items}


def typed(meeting, **more):
    """What the page of the minutes sends."""
    return {"version": meeting.version, "minutes": "", **more}

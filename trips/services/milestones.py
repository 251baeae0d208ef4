"""節目: what is to be reached by when, and what became of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from trips.models import Milestone, Trip
from trips.services.recording import lock_on_its_way, note, writer
from trips.workflow import Kind


@transaction.atomic
def plan_milestone(trip: Trip, *, by, title: str, on: date) -> Milestone:
    """Plan a milestone.

    Refuses: strangers to the TRIP, a TRIP that is over, no title, a day before the TRIP was opened, the same
    again.
    """
    posting = writer(trip, by)
    trip, title = lock_on_its_way(trip), title.strip()
    if not title:
        raise NotAllowed("節目の名前を書いてください。")
    if on < trip.opened_on:
        raise NotAllowed("予定の日は、共創プロジェクトを開いた日より前にできません。")
    if trip.milestones.filter(title=title, planned_on=on).exists():
        raise NotAllowed("同じ日の同じ節目が、もうあります。")
    milestone = Milestone.objects.create(trip=trip, title=title, planned_on=on)
    note(trip, Kind.MILESTONE, actor=posting, text=title, data={"did": "planned", "on": on.isoformat()})
    return milestone


@transaction.atomic
def finish_milestone(milestone: Milestone, *, by, on: date, words: str = "") -> Milestone:
    """Say that a milestone was reached.

    Refuses: strangers to the TRIP, one that is open no more, a day before the TRIP was opened or to come.
    """
    posting, trip, milestone = _open_one(milestone, by)
    if not trip.opened_on <= on <= timezone.localdate():
        raise NotAllowed("終えた日は、共創プロジェクトを開いた日から今日までの日にしてください。")
    milestone.done_on, milestone.note = on, words.strip()
    milestone.save()
    note(trip, Kind.MILESTONE, actor=posting, on=on, text=milestone.title, data={"did": "done"})
    return milestone


@transaction.atomic
def drop_milestone(milestone: Milestone, *, by, reason: str) -> Milestone:
    """Give a milestone up; refuses strangers, one that is open no more, no reason."""
    posting, trip, milestone = _open_one(milestone, by)
    if not reason.strip():
        raise NotAllowed("取りやめる理由を書いてください。")
    milestone.dropped_on, milestone.note = timezone.localdate(), reason.strip()
    milestone.save()
    told = f"{milestone.title}　{milestone.note}"
    note(trip, Kind.MILESTONE, actor=posting, text=told, data={"did": "dropped"})
    return milestone


def _open_one(milestone: Milestone, by):
    posting = writer(milestone.trip, by)
    trip = lock(milestone.trip)
    milestone = trip.milestones.get(pk=milestone.pk)
    if not milestone.is_open:
        raise NotAllowed("この節目は、もう終えているか、取りやめています。")
    return posting, trip, milestone

"""Who may write about a TRIP, and writing down what happened to it other than a move."""

from datetime import date

from django.db import transaction

from cityhall import access, records
from cityhall.models import ActedAs, Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from trips.models import Trip, TripRecord
from trips.workflow import Kind


def writing_posting(trip: Trip, user) -> Posting | None:
    """The posting in which a person writes about a TRIP: of its section, else of the desk."""
    section = trip.department
    own = access.posting_for(user, Role.MEMBER, Role.HEAD, department=section) if section else None
    return own or access.posting_for(user, Role.DESK)


def writer(trip: Trip, by) -> Posting:
    """The posting to write in; refuses people of neither the TRIP's section nor the desk."""
    posting = writing_posting(trip, by)
    if posting is None:
        raise NotAllowed("この共創プロジェクトには、主に担当する課と窓口だけが書けます。")
    return posting


def lock_on_its_way(trip: Trip) -> Trip:
    """The TRIP as it is now, locked; refuses one that is over, and history."""
    trip = lock(trip)
    if trip.is_over or trip.is_history:
        raise NotAllowed("終わった共創プロジェクトには、これからのことを書けません。")
    return trip


@transaction.atomic
def note(
    trip: Trip,
    kind: Kind,
    *,
    actor: Posting | ActedAs,
    on: date | None = None,
    text: str = "",
    data: dict | None = None,
    supersedes: TripRecord | None = None,
    **changes,
) -> TripRecord:
    """Write one record on the locked TRIP, with the columns that change with it."""
    trip = lock(trip)
    for column, value in changes.items():
        setattr(trip, column, value)
    return records.append(trip, kind=kind, actor=actor, on=on, text=text, data=data, supersedes=supersedes)

"""共創プロジェクト（TRIP）: the journey after the gate, who travels, what happened, what came of it."""

from trips.models.company import Partner, TripCase
from trips.models.link import EventLink, Link
from trips.models.record import TripRecord, TripRecordText
from trips.models.story import Event, Precision, Result
from trips.models.trip import Trip

__all__ = [
    "Event",
    "EventLink",
    "Link",
    "Partner",
    "Precision",
    "Result",
    "Trip",
    "TripCase",
    "TripRecord",
    "TripRecordText",
]

"""共創プロジェクト（TRIP）: the journey after the gate, who travels, what happened, what came of it."""

from trips.models.closing import Duty
from trips.models.company import Partner, TripCase
from trips.models.link import EventLink, Link
from trips.models.record import TripRecord, TripRecordText
from trips.models.story import Event, Precision, Result
from trips.models.trip import Trip
from trips.models.work import Milestone, Report, TripFile

__all__ = [
    "Duty",
    "Event",
    "EventLink",
    "Link",
    "Milestone",
    "Partner",
    "Precision",
    "Report",
    "Result",
    "Trip",
    "TripCase",
    "TripFile",
    "TripRecord",
    "TripRecordText",
]

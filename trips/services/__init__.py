"""The verbs of a TRIP: every write to one goes through one of these."""

from trips.services.history import enter_history
from trips.services.ledger import open_from_ledger
from trips.services.links import add_parent, link, link_events
from trips.services.opening import add_case, open_trip
from trips.services.phases import advance, cancel_before_start, choose_lead, moves_for
from trips.services.story import add_event, add_partner, add_result, add_review, plan_review

__all__ = [
    "add_case",
    "add_event",
    "add_parent",
    "add_partner",
    "add_result",
    "add_review",
    "advance",
    "cancel_before_start",
    "choose_lead",
    "enter_history",
    "link",
    "link_events",
    "moves_for",
    "open_from_ledger",
    "open_trip",
    "plan_review",
]

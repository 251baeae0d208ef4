"""The verbs of a TRIP: every write to one goes through one of these."""

from trips.services.closing import (
    add_duty,
    come_back,
    finish_duty,
    give_duty,
    meet_again,
    plan_recontact,
    tell_partner,
)
from trips.services.files import attach, remove_file
from trips.services.history import enter_history
from trips.services.ledger import open_from_ledger
from trips.services.links import add_parent, link, link_events
from trips.services.milestones import drop_milestone, finish_milestone, plan_milestone
from trips.services.opening import add_case, open_trip
from trips.services.phases import advance, cancel_before_start, choose_lead, moves_for
from trips.services.reports import accept_report, drop_report, hand_in, plan_reports, return_report
from trips.services.story import add_event, add_partner, add_result, add_review, plan_review

__all__ = [
    "accept_report",
    "add_case",
    "add_duty",
    "add_event",
    "add_parent",
    "add_partner",
    "add_result",
    "add_review",
    "advance",
    "attach",
    "cancel_before_start",
    "choose_lead",
    "come_back",
    "drop_milestone",
    "drop_report",
    "enter_history",
    "finish_duty",
    "finish_milestone",
    "give_duty",
    "hand_in",
    "link",
    "link_events",
    "meet_again",
    "moves_for",
    "open_from_ledger",
    "open_trip",
    "plan_milestone",
    "plan_recontact",
    "plan_reports",
    "plan_review",
    "remove_file",
    "return_report",
    "tell_partner",
]

"""What was planned and promised, as the page shows it: milestones, reports, and the promises of the end."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from cityhall import access, calendar
from cityhall.models import Role
from cityhall.templatetags.zama import short_date
from proposals.views.section.days import Today
from trips import guards
from trips.models import Milestone, Report, Trip
from trips.waiting import waits

SHOWN, AHEAD = 10, timedelta(31)  # of a section's things to do


def planned(trip: Trip, user, today: Today) -> dict:
    """Milestones, reports and promises of a TRIP, in lines."""
    section = trip.department
    in_section = section and access.posting_for(user, Role.MEMBER, Role.HEAD, department=section)
    return {
        "milestones": [milestone_line(one, trip, today) for one in trip.milestones.all()],
        "reports": [_report_line(one, trip, today, is_ours=bool(in_section)) for one in trip.reports.all()],
        "promises": promises(trip) if trip.started_on else [],
    }


def things_of(sections) -> list[dict]:
    """What the TRIPs of these sections ask for in a month, the next first, each with how far its day is."""
    until = timezone.localdate() + AHEAD
    found = [one for one in waits(sections) if one.due_on <= until]
    today = Today() if found else None
    return [{"what": one, "due": today.due(one.due_on)} for one in found[:SHOWN]]


def milestone_line(one: Milestone, trip: Trip, today: Today) -> dict:
    """One milestone and how it went: planned, done, late."""
    return {
        "milestone": one,
        "words": _how(one, trip, today),
        "is_late": one.is_open and not trip.is_over and one.planned_on < today.day,
        "is_open": one.is_open and not trip.is_over,
    }


def _how(one: Milestone, trip: Trip, today: Today) -> str:
    if one.dropped_on:
        return "取りやめ"
    if one.done_on:
        return f"✓ {_done(one.planned_on, one.done_on, today.closed)}"
    if trip.is_over:
        return "終わるまでに、行われませんでした"
    if one.planned_on < today.day:
        return f"遅れています（{today.due(one.planned_on).note}）"
    return f"これから（{today.due(one.planned_on).note}）"


def _done(planned_on: date, done_on: date, closed) -> str:
    if planned_on == done_on:
        return "予定どおり"
    days = calendar.count_open_days(planned_on, done_on, closed)
    return f"{short_date(done_on)}に終えた" + (f"（{days}開庁日遅れ）" if days > 0 else "")


def _report_line(one: Report, trip: Trip, today: Today, *, is_ours: bool) -> dict:
    is_open = one.is_to_write and not trip.is_over
    due = today.due(one.due_on)
    return {
        "report": one,
        "words": one.get_state_display(),
        "note": due.note if is_open else "",
        "is_late": is_open and due.is_late,
        "write_url": reverse("trips:write_one", args=[trip.number, "report", one.pk])
        if is_open and is_ours
        else "",
    }


def promises(trip: Trip) -> list[dict]:
    """終わるときの約束: the three of them, kept or not, with what there is to know."""
    untold, duties = guards.untold(trip), list(trip.duties.all())
    ownerless = [duty for duty in duties if duty.is_ownerless]
    is_set = trip.recontact_on is not None
    told = f"まだの団体：{'・'.join(untold)}" if untold else ""
    left = f"残る務め {len(duties)}つ" if duties else "残る務めは、書かれていません"
    owners = f"担い手がまだの務め {len(ownerless)}つ" if ownerless else left
    day = f"{calendar.wareki(trip.recontact_on)}　{trip.recontact_by}から" if is_set else ""
    return [
        {"words": "全員に終わりを知らせた", "is_kept": not untold, "note": told},
        {"words": "残る務めに担い手がいる", "is_kept": not ownerless, "note": owners},
        {"words": "また会う日を決めた", "is_kept": is_set, "note": day},
    ]


def may_check(report: Report, user) -> bool:
    """Whether the report waits for this person of the desk."""
    return report.is_to_check and access.has_role(user, Role.DESK) and report.handed_in_by_id != user.pk

"""定期報告: planned ahead, handed in by the section, taken or returned by the desk."""

import calendar
from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cityhall import access
from cityhall.models import Posting, Role
from cityhall.refusal import NotAllowed, Stale
from cityhall.workflow import lock
from trips import mail
from trips.models import Report, Trip
from trips.services.files import attach
from trips.services.recording import lock_on_its_way, note, writer
from trips.workflow import Kind

MOST = 36
CHANGED = "この報告は、画面を開いたあとに変わりました。いまの報告を読んでから、もう一度押してください。"


@transaction.atomic
def plan_reports(trip: Trip, *, by, first_on: date, every: int = 1, times: int = 1) -> list[Report]:
    """Plan so many reports, the first due on a day, one every so many months.

    Refuses: strangers to the TRIP, a TRIP not under way, a first day gone by, more than 36 open ones.
    """
    posting = writer(trip, by)
    trip = lock_on_its_way(trip)
    if trip.started_on is None:
        raise NotAllowed("定期報告は、②TRIP 1に入ってから決められます。")
    if first_on < timezone.localdate():
        raise NotAllowed("最初の期限は、今日からの日にしてください。")
    if times < 1 or every < 1 or trip.reports.count() + times > MOST:
        raise NotAllowed(f"定期報告は、合わせて{MOST}回までです。")
    last = trip.reports.aggregate(last=Max("number"))["last"] or 0
    days = [_months_later(first_on, every * n) for n in range(times)]
    reports = Report.objects.bulk_create(
        Report(trip=trip, number=last + n, due_on=day) for n, day in enumerate(days, start=1)
    )
    told = {"did": "planned", "on": first_on.isoformat(), "times": times}
    note(trip, Kind.REPORT, actor=posting, data=told)
    return reports


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def hand_in(
    report: Report,
    *,
    by,
    done: str,
    trouble: str = "",
    coming: str = "",
    version: int,
    files: Iterable[UploadedFile] = (),
) -> Report:
    """Hand a report in to the desk, with its files.

    Refuses: anybody but members and heads of the leading section, one that lies with the desk or was taken,
    an outdated page, no words of what was done.
    """
    posting, trip, report = _current(report, _of_its_section(report.trip, by), version)
    if not report.is_to_write:
        raise NotAllowed("この報告は、もう出されています。")
    if not done.strip():
        raise NotAllowed("したことを書いてください。")
    report.done, report.trouble, report.coming = done.strip(), trouble.strip(), coming.strip()
    report.state, report.handed_in_on = Report.State.HANDED_IN, timezone.localdate()
    report.handed_in_by = by
    _store(report)
    note(trip, Kind.REPORT, actor=posting, data={"did": "handed_in", "number": report.number})
    attach(trip, files=files, by=by, report=report)
    return report


@transaction.atomic
def return_report(report: Report, *, by, why: str, version: int) -> Report:
    """Ask the section to write it anew, by letter too.

    Refuses: anybody but the desk, a report not handed in, no reason, an outdated page.
    """
    posting, trip, report = _to_check(report, by, version)
    if not why.strip():
        raise NotAllowed("書き直していただく理由を書いてください。")
    report.state, report.returned_why = Report.State.RETURNED, why.strip()
    _store(report)
    told = {"did": "returned", "number": report.number}
    note(trip, Kind.REPORT, actor=posting, text=report.returned_why, data=told)
    mail.queue_returned(report)
    return report


@transaction.atomic
def accept_report(report: Report, *, by, version: int) -> Report:
    """Take a report; refuses all but the desk, a report not handed in, who handed it in, an outdated page."""
    posting, trip, report = _to_check(report, by, version)
    report.state, report.accepted_on = Report.State.ACCEPTED, timezone.localdate()
    report.returned_why = ""
    _store(report)
    note(trip, Kind.REPORT, actor=posting, data={"did": "accepted", "number": report.number})
    return report


@transaction.atomic
def drop_report(report: Report, *, by, reason: str) -> None:
    """Take a report off the plan; refuses anybody but the desk, one the section has written, no reason."""
    posting, trip, report = _current(report, access.require(by, Role.DESK))
    if report.state != Report.State.AWAITED:
        raise NotAllowed("出された報告は、取りやめにできません。")
    if not reason.strip():
        raise NotAllowed("取りやめる理由を書いてください。")
    number = report.number
    report.delete()
    note(trip, Kind.REPORT, actor=posting, text=reason.strip(), data={"did": "dropped", "number": number})


def _of_its_section(trip: Trip, by) -> Posting:
    found = access.posting_for(by, Role.MEMBER, Role.HEAD, department=trip.department)
    if trip.department is None or found is None:
        raise NotAllowed("定期報告は、主に担当する課だけが出せます。")
    return found


def _to_check(report: Report, by, version: int):
    posting, trip, report = _current(report, access.require(by, Role.DESK), version)
    if not report.is_to_check:
        raise NotAllowed("この報告は、窓口の確かめを待っていません。")
    if report.handed_in_by_id == by.pk:
        raise NotAllowed("自分で出した報告は、ほかの人が受け取ります。")
    return posting, trip, report


def _current(report: Report, posting: Posting, version: int | None = None):
    trip = lock(report.trip)
    report = trip.reports.filter(pk=report.pk).first()
    if report is None or version not in (None, report.version):
        raise Stale(CHANGED)
    return posting, trip, report


def _store(report: Report) -> None:
    report.version += 1
    report.save()

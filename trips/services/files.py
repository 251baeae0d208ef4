"""Photos and papers of a TRIP: through the same gate as all files from outside."""

from collections.abc import Iterable
from contextlib import ExitStack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from cityhall.refusal import NotAllowed
from cityhall.uploads import store
from cityhall.workflow import lock
from proposals.services.attachments import CASE_BYTES, MOST, TOO_MANY_AT_ONCE, add, forget
from trips.models import Report, Trip, TripFile
from trips.services.recording import note, writer
from trips.workflow import Kind

FULL = (
    "この共創プロジェクトの写真と書類は、合わせて100MBまでです。小さくするか、要らないものを外してください。"
)


@transaction.atomic
def attach(trip: Trip, *, by, files: Iterable[UploadedFile], report: Report | None = None) -> list[TripFile]:
    """Add photos and papers, all or none.

    Refuses: strangers to the TRIP, more than five at once, what the gate for files refuses, a TRIP that is
    full.
    """
    posting, uploads = writer(trip, by), list(files)
    if len(uploads) > MOST:
        raise NotAllowed(TOO_MANY_AT_ONCE.format(f"{len(uploads)}つ"))
    if not uploads:
        return []
    with ExitStack() as stack:
        new = [stack.enter_context(store.kept(upload)) for upload in uploads]
        trip = lock(trip)
        there = trip.files.aggregate(bytes=Sum("size"))["bytes"] or 0
        if there + sum(file.size for file in new) > CASE_BYTES:
            raise NotAllowed(FULL)
        rows = add(TripFile, new, trip=trip, report=report, added_by=by)
        note(trip, Kind.FILE, actor=posting, data={"did": "added", "count": len(rows)})
        return rows


@transaction.atomic
def remove_file(file: TripFile, *, by) -> None:
    """Take a photo or paper off again; refuses strangers to the TRIP, and one of a report already taken."""
    posting = writer(file.trip, by)
    trip = lock(file.trip)
    if trip.reports.filter(pk=file.report_id, state=Report.State.ACCEPTED).exists():
        raise NotAllowed("受け取り済みの報告に付いた書類は、外せません。")
    if forget(TripFile.objects.filter(pk=file.pk)):
        note(trip, Kind.FILE, actor=posting, data={"did": "removed", "count": 1})

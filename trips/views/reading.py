"""Reading one report of a TRIP, and the list of its photos and papers."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cityhall.access import role_required
from trips.services.recording import writing_posting
from trips.views import room
from trips.views.planned import may_check


@role_required(*room.STAFF)
@require_safe
def report(request, number, running):
    """Whoever works with the TRIP reads a report; the desk takes or returns it from here."""
    trip = room.find_inside(request.user, number)
    found = get_object_or_404(trip.reports.select_related("handed_in_by"), number=running)
    return room.show(
        request,
        "report",
        trip=trip,
        report=found,
        files=found.files.all(),
        may_check=may_check(found, request.user),
    )


@role_required(*room.STAFF)
@require_safe
def files(request, number):
    """Whoever works with the TRIP sees its photos and papers; who writes about it may take them off."""
    trip = room.find_inside(request.user, number)
    return room.show(
        request,
        "files",
        trip=trip,
        files=trip.files.select_related("report", "added_by"),
        may_write=not trip.is_history and writing_posting(trip, request.user) is not None,
    )

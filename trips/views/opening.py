"""Opening a TRIP from an adopted case."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cityhall.access import role_required
from cityhall.models import Role
from proposals.models import Proposal
from trips import playbook
from trips.forms import OpenForm
from trips.queries import adopted_without_trip, possible_parents, trips_of
from trips.services import open_trip
from trips.views import room


@role_required(Role.DESK)
def open_one(request, number):
    """The desk opens a TRIP from a case 案件化 that travels in none yet."""
    case = adopted_without_trip().filter(number=number).first()
    if case is None:
        return _opened_before(request, get_object_or_404(Proposal, number=number))
    initial = {"title": case.title[:100], "department": case.department_id}
    book = playbook.find(request.user, request.GET.get("from", ""))
    if book:
        initial |= {"parent": book.trip, "reason": f"{book.trip.called} の型から始める"}
    form = OpenForm(room.sent(request), parents=possible_parents(request.user), initial=initial)
    if trip := room.attempt(form, partial(open_trip, case), by=request.user):
        messages.success(request, f"{trip.number} を開きました。①出会いから始まります。")
        return redirect(trip)
    return room.show(request, "open", case=case, form=form, book=book)


def _opened_before(request, case: Proposal):
    """A second press leads to the TRIP of the first; a case that opens none is not found here."""
    opened = trips_of(case).filter(cancelled_on__isnull=True).first()
    if opened is None:
        raise Http404
    messages.warning(request, f"{case.number} からは、もう {opened.number} が開かれています。")
    return redirect(opened)

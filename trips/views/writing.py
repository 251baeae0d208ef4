"""Writing about a TRIP: one page for all that can be written down."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cityhall.access import role_required
from cityhall.models import Role
from trips import forms, services
from trips.queries import possible_parents
from trips.services.recording import writing_posting
from trips.views import room


@dataclass(frozen=True)
class Writing:
    """Something one can write down: its title, form and service, and the word on the button."""

    title: str
    form: type
    service: Callable
    button: str = "書いておく"


WRITINGS = {
    "event": Writing("出来事を書く", forms.EventForm, services.add_event),
    "review": Writing("ふり返りを書く", forms.ReviewForm, services.add_review),
    "review-day": Writing(
        "次のふり返りの日を決める", forms.ReviewDayForm, services.plan_review, "この日に決める"
    ),
    "result": Writing("生まれたものを書く", forms.ResultForm, services.add_result),
    "partner": Writing("一緒に旅をする団体を加える", forms.PartnerForm, services.add_partner, "加える"),
    "parent": Writing("この旅を生んだ旅をつなぐ", forms.ParentForm, services.add_parent, "つなぐ"),
    "lead": Writing("主に担当する課を決める", forms.LeadForm, services.choose_lead, "この課に決める"),
}


@role_required(Role.DESK, Role.MEMBER, Role.HEAD)
def write(request, number, what):
    """The leading section or the desk writes down what happened, what came of it, who travels."""
    trip = room.find_to_write(request.user, number, writing_posting)
    if what not in WRITINGS:
        raise Http404
    writing = WRITINGS[what]
    form = writing.form(room.sent(request))
    if "parent" in form.fields:
        form.fields["parent"].queryset = possible_parents(request.user, trip)
    if room.attempt(form, partial(writing.service, trip), by=request.user):
        messages.success(request, "記録しました。")
        return redirect(trip)
    return room.show(request, "write", trip=trip, writing=writing, form=form)

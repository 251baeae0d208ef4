"""Moving a TRIP on: a page that says what will happen, before it does."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.workflow import Transition
from trips.forms import MoveForm
from trips.models import Trip
from trips.services import advance
from trips.views import room
from trips.workflow import WORKFLOW

# What a person should know before pressing.
WARNINGS = {
    "start": "②に入った日が、この共創プロジェクトの始まった日になります。",
    "bear": "試行をふり返り、生まれたものを確かめた、という記録になります。",
    "go_on": "この旅から生まれた次の旅へ、関係が続いていることの記録になります。",
    "back_to_trial": "②へ戻して試行を続けます。始まった日は変わりません。",
    "rest": "段階はそのままで、報告と節目のお知らせが止まります。見直す日に、もう一度お知らせします。",
    "resume": "休止する前の段階から、また進めます。",
    "end": "終了すると、段階はもう動かせません。生まれたものは、あとからも書けます。",
    "stop": "始まったあとの中止として、もとの案件すべてに残ります。案件化した件数は変わりません。",
    "cancel": "もとの案件すべてに「開始前中止」が記録され、案件化ではなくなります。",
}
NOT_FROM_HERE = "いまの段階では、この動作は行えません。いまの段階を確かめてください。"
DANGEROUS = {"end", "stop", "cancel"}


@role_required(Role.HEAD)
def move(request, number, name):
    """The head of the leading section moves a TRIP to another phase."""
    trip = room.find(request.user, number)
    row = _row(request.user, trip, name)
    is_from_here = row.source == trip.step
    form = MoveForm(room.sent(request), row=row, trip=trip)
    if not (form.is_bound or is_from_here):
        messages.warning(request, NOT_FROM_HERE)
        return redirect(trip)
    if room.attempt(form, partial(advance, trip, name), by=request.user):
        messages.success(request, f"「{row.label}」を記録しました。")
        return redirect(trip)
    return room.show(
        request,
        "move",
        trip=trip,
        row=row,
        form=form,
        missing=row.guard(trip) if is_from_here else [],
        warning=WARNINGS[name],
        is_dangerous=name in DANGEROUS,
    )


def _row(user, trip: Trip, name: str) -> Transition:
    """The move from here, else as the table knows it from elsewhere; 404 for whoever may not make it."""
    rows = sorted(WORKFLOW, key=lambda row: row.source != trip.step)
    row = next((row for row in rows if row.name == name and row.posting_of(user, trip)), None)
    if row is None:
        raise Http404
    return row

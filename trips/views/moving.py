"""Moving a TRIP on: a page that says what will happen, before it does."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cityhall.access import role_required
from cityhall.models import Role
from trips.forms import MoveForm
from trips.services import advance, moves_for
from trips.views import room

# What a person should know before pressing.
WARNINGS = {
    "start": "②に入った日が、この共創プロジェクトの始まった日になります。",
    "bear": "試行をふり返り、生まれたものを確かめた、という記録になります。",
    "go_on": "この旅から生まれた次の旅へ、関係が続いていることの記録になります。",
    "back_to_trial": "②へ戻して試行を続けます。始まった日は変わりません。",
    "end": "終了すると、段階はもう動かせません。生まれたものは、あとからも書けます。",
    "stop": "始まったあとの中止として残ります。もとの案件は、案件化したままです。",
    "cancel": "もとの案件すべてに「開始前中止」が記録され、案件化ではなくなります。",
}
DANGEROUS = {"end", "stop", "cancel"}


@role_required(Role.HEAD)
def move(request, number, name):
    """The head of the leading section moves a TRIP to another phase."""
    trip = room.find(request.user, number)
    row = next((row for row in moves_for(request.user, trip) if row.name == name), None)
    if row is None:
        raise Http404
    form = MoveForm(room.sent(request), row=row, initial={"version": trip.version})
    if room.attempt(form, partial(advance, trip, name), by=request.user):
        messages.success(request, f"「{row.label}」を記録しました。")
        return redirect(trip)
    return room.show(
        request,
        "move",
        trip=trip,
        row=row,
        form=form,
        missing=row.guard(trip),
        warning=WARNINGS[name],
        is_dangerous=name in DANGEROUS,
    )

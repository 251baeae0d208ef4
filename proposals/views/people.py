"""Further people of the organisation: let in and stopped by the holder of the first code."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cityhall import limits
from cityhall.refusal import NotAllowed
from proposals import visit
from proposals.forms.people import InviteForm, StopForm
from proposals.services import people as service
from proposals.views.door import for_guests


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def people(request, guest):
    """The first code's holder: who else may open the page, one more, one less; for others not found."""
    if not guest.is_first:
        raise Http404
    if request.method != "POST":
        return _show(request, guest, InviteForm())
    return _stop(request, guest) if "guest" in request.POST else _invite(request, guest)


def _invite(request, guest):
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, guest, form)
    if limits.exceeded(request, "reply"):
        return limits.too_many(request)
    label = form.cleaned_data["label"]
    try:
        service.invite(guest.receipt, label=label, code=form.code)
    except NotAllowed as refusal:
        form.refuse(refusal)
        return _show(request, guest, form, status=409)
    return visit.give(redirect("public:people"), guest.case, form.code, label)


def _stop(request, guest):
    form = StopForm(request.POST, guests=service.guests_of(guest.case))
    try:
        if form.is_valid():
            service.stop(guest.receipt, guest=form.cleaned_data["guest"])
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "番号を止めました。その番号では、もう開けません。")
    return redirect("public:people")


def _show(request, guest, form, *, status=200):
    number, code, label = visit.given(request, is_own=False)
    is_here = number == guest.case.number
    context = {
        "proposal": guest.case,
        "form": form,
        "guests": service.guests_of(guest.case),
        "most": service.MOST,
        "number": number,
        "code": code if is_here else "",
        "label": label,
    }
    page = render(request, "proposals/people.html", context, status=status)
    return visit.shown_once(request, page, visit.GIVEN) if is_here else page

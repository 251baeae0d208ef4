"""A lost code given anew: the case number, eight digits by mail, the new code once."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cityhall import limits
from proposals import visit
from proposals.forms.lost import WRONG, DigitsForm, LostForm
from proposals.services import people, reissue


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lost(request):
    """Anybody: ask for the digits; the answer is the same for a case there is and one there is not."""
    form = LostForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "proposals/lost.html", {"form": form})
    if limits.exceeded(request, "lost"):
        return limits.too_many(request)
    number = form.cleaned_data["number"]
    reissue.send_number(number)
    return _ask_digits(request, DigitsForm(initial={"number": number}), is_sent=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lost_number(request):
    """Whoever got the letter: the digits beside the case number; all that is wrong is told alike."""
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask_digits(request, form)
    if limits.exceeded(request, "lost"):
        return limits.too_many(request)
    told = form.cleaned_data
    case = reissue.give_anew(told["number"], digits=told["digits"], code=form.code)
    if case is None:
        form.refuse(WRONG)
        return _ask_digits(request, form)
    page = visit.give(redirect("public:lost_code"), case, form.code)
    return visit.let_in(page, case, form.code)


def _ask_digits(request, form, *, is_sent=False):
    return render(request, "proposals/lost_number.html", {"form": form, "is_sent": is_sent})


@never_cache
@require_safe
def lost_code(request):
    """Whoever typed the digits: the new code, this one time."""
    number, code, _ = visit.given(request, is_own=True)
    guest = visit.guest(request)
    guests = people.guests_of(guest.case) if code and guest else []
    page = render(request, "proposals/lost_code.html", {"number": number, "code": code, "guests": guests})
    return visit.shown_once(request, page, visit.GIVEN) if code else page

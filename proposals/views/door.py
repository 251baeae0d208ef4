"""The door of the receipt pages: number and code, asked again after a while; what was typed comes along."""

import json
from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.cache import never_cache

from cityhall import limits
from proposals import visit
from proposals.forms.receipt import ReceiptForm

OURS = "csrfmiddlewaretoken"


def for_guests(view):
    """A view `(request, guest, …)` for who has opened a receipt page; each use prolongs the visit.

    Others are asked for number and code; what they typed is shown again behind the door, to be sent.
    """

    @never_cache
    @wraps(view)
    def behind_the_door(request, *args, **kwargs):
        guest = visit.guest(request)
        if guest is None:
            return ask(request)
        return visit.prolong(view(request, guest, *args, **kwargs), guest)

    return behind_the_door


def ask(request):
    """Number and code; typed words wait in the form."""
    return _show(request, ReceiptForm(initial={"kept": _kept(request)}), had_papers=bool(request.FILES))


def enter(request):
    """Let in who knows number and code; what was typed before is shown, and not yet sent."""
    if limits.exceeded(request, "receipt"):
        return limits.too_many(request)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    path, typed = form.cleaned_data["kept"]
    page = redirect("public:receipt")
    if _is_behind(path):
        page = render(request, "proposals/receipt_again.html", {"action": path, "typed": typed})
    return visit.let_in(page, form.proposal, form.cleaned_data["code"])


def _show(request, form, **context):
    context |= {"form": form, "is_late": bool(form["kept"].value())}
    return render(request, "proposals/receipt_entry.html", context)


def _kept(request) -> str:
    """What was typed on a page whose visit has ended, and where it was going."""
    typed = [(name, text) for name, texts in request.POST.lists() for text in texts if name != OURS]
    return json.dumps([request.path, typed], ensure_ascii=False) if typed else ""


def _is_behind(path: str) -> bool:
    """Whether a path is one of the pages behind this door."""
    try:
        return path.startswith(reverse("public:receipt")) and bool(resolve(path))
    except Http404:
        return False

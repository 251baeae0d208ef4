"""Proposing: the public form and the page after sending."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cityhall import csrf
from cityhall.refusal import NotAllowed
from proposals import visit
from proposals.forms import words
from proposals.forms.propose import LATE, ProposeForm, typed
from proposals.models import Theme
from proposals.services import intake
from proposals.views.pages import FLOW


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def propose(request):
    """Anybody: the one form for 相談 and 提案; a second sending of the same page leads to the same case."""
    if request.method != "POST":
        return _show_form(request, ProposeForm(initial=_wish(request)))
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return _show_form(request, form)
    stamp = form.sent_stamp
    try:
        proposal = intake.submit(
            form.submission(),
            organization=form.organization(),
            contact=form.contact(),
            track=form.cleaned_data["track"],
            key=stamp.key,
            code=stamp.code,
            is_held=form.is_doubtful,
        )
    except NotAllowed as refusal:
        form.refuse(refusal)
        return _show_form(request, form, status=409)
    return visit.hand_over(redirect("public:sent"), proposal, stamp.code)


def csrf_failure(request, reason=""):
    """A form that came too late: the public form is shown again with every word in it (settings)."""
    if request.path != "/propose/":
        return csrf.failure(request, reason)
    return _show_form(request, ProposeForm(initial=typed(request.POST)), notice=LATE, status=403)


def _wish(request) -> dict:
    """The trouble the visitor came from, by its title."""
    wanted = request.GET.get("theme")
    theme = wanted and Theme.objects.open_on(timezone.localdate()).filter(title=wanted).first()
    return {"track": "proposal", "answer_to": "theme", "theme": theme} if theme else {}


def _show_form(request, form, *, notice="", status=200):
    context = {"form": form, "notices": words.NOTICES, "notice": notice}
    return render(request, "proposals/propose.html", context, status=status)


@never_cache
@require_safe
def sent(request):
    """Who has just sent something: the number, and the code this one time."""
    number, code = visit.handed(request) or ("", "")
    page = render(request, "proposals/sent.html", {"number": number, "code": code, "flow": FLOW})
    return visit.forget(page, visit.HANDED)

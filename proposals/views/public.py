"""The public room: what the gate is, proposing, and following one's proposal."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityhall import csrf
from cityhall.panels import panels_for
from cityhall.refusal import NotAllowed
from proposals import receipt, visit
from proposals.forms import words
from proposals.forms.propose import LATE, ProposeForm, typed
from proposals.forms.receipt import ReceiptForm
from proposals.models import Theme
from proposals.services import intake
from proposals.views.section.pieces import facts
from proposals.workflow import PUBLIC_WORDS

FLOW = list(PUBLIC_WORDS.values())


@require_safe
def landing(request):
    """Anybody: may I use this, and how do I begin?"""
    themes = Theme.objects.open_on(timezone.localdate())
    context = {
        "flow": FLOW,
        "notices": words.NOTICES,
        "themes": themes[:3],
        "theme_count": themes.count(),
        "panels": panels_for("public.landing", None, request.user),
    }
    return render(request, "proposals/landing.html", context)


@require_safe
def themes(request):
    """Anybody: the city's open troubles, each an invitation to propose."""
    return render(request, "proposals/themes.html", {"themes": Theme.objects.open_on(timezone.localdate())})


@require_safe
def about(request, page):
    """Anybody: how proposals are handled, what personal data is for, accessibility."""
    context = {"notices": words.NOTICES, "pledges": words.PLEDGES, "privacy": words.PRIVACY, "flow": FLOW}
    return render(request, f"proposals/{page}.html", context)


# --- proposing ------------------------------------------------------------


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


# --- following ------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def receipt_page(request):
    """Who holds number and code: where the case stands, who acts next, and what was sent."""
    proposal = visit.case_of(request)
    if proposal is None or request.method == "POST":
        return _let_in(request)
    context = {
        "proposal": proposal,
        "strip": receipt.strip(proposal),
        "stages": receipt.stages(proposal),
        "facts": facts(proposal.latest_submission),
        "panels": panels_for("public.receipt", proposal, request.user),
    }
    return render(request, "proposals/receipt.html", context)


def _let_in(request):
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        return visit.let_in(redirect("public:receipt"), form.proposal, form.cleaned_data["code"])
    return render(request, "proposals/receipt_entry.html", {"form": form})


@require_POST
def close_receipt(request):
    """Who is done looking: the page closes on this browser."""
    return visit.forget(redirect("public:landing"), visit.LOOKING)

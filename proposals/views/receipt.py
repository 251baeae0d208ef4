"""Following one's proposal: the receipt page, opened by number and code."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cityhall.panels import panels_for
from proposals import receipt, visit
from proposals.forms.receipt import ReceiptForm
from proposals.views.section.pieces import facts


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

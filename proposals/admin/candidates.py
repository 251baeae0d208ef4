"""引き合わせの候補: the desk reads who could meet whom and why, and puts aside what does not fit."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityhall import calendar
from cityhall.models import Department
from cityhall.refusal import NotAllowed
from proposals.admin.pages import page
from proposals.desk import candidates as words
from proposals.desk import first_ones as first
from proposals.desk.case import find_case
from proposals.forms.desk.candidates import DismissForm
from proposals.models import Resource
from proposals.services import dismissals


@require_safe
def candidates(request, number):
    """The desk reads the suggestions of a case."""
    of = words.asked(number)
    title = f"「{of.case.title}」に会えそうな相手"
    return page(request, "candidates", title=title, **words.shown(of, every="all" in request.GET))


def dismiss(request, number, side, candidate):
    """The desk says why a candidate does not fit this case."""
    case, who = find_case(number), _candidate(side, candidate)
    form = DismissForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.carry_out(dismissals.dismiss, case, who, by=request.user):
        messages.success(request, f"「{who}」を、この案件の候補から外しました。")
        return redirect(words.page_url(case))
    asked = {
        "lead": "この案件の候補から外します。わけは残り、あとで候補に戻せます。相手には何も届きません。",
        "button": "今回は合わないとする",
    }
    return page(request, "dismiss", title=f"「{who}」は今回は合わない", case=case, form=form, words=asked)


def restore(request, number, dismissal):
    """The desk lets a candidate come back."""
    case = find_case(number)
    found = get_object_or_404(case.dismissals.select_related("department"), pk=dismissal)
    if request.method == "POST":
        try:
            dismissals.restore(found, by=request.user)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "候補に戻しました。")
    return redirect(words.page_url(case))


def _candidate(side: str, pk: int) -> Department | Resource:
    """The section of today, or the one of the town that may be named; 404 for any other."""
    if side == words.SECTION:
        return get_object_or_404(Department.objects.valid_on(timezone.localdate()), pk=pk)
    if side == words.PARTNER:
        return get_object_or_404(Resource.objects.shown().select_related("organization"), pk=pk)
    raise Http404


@require_safe
def first_ones(request):
    """The desk reads which sections answered once, came back, or have not yet, at the end of a year."""
    this_year = calendar.fiscal_year(timezone.localdate())
    try:
        year = calendar.year_of_era(request.GET.get("year") or calendar.era_year(this_year))
    except ValueError:
        raise Http404 from None
    if not first.FIRST_YEAR <= year <= this_year:
        raise Http404
    return page(request, "first_ones", title="はじめの1人", **first.first_ones(year))


PAGES = [
    ("first-ones/", first_ones, "first_ones"),
    ("<str:number>/candidates/", candidates, "candidates"),
    ("<str:number>/candidates/<slug:side>/<int:candidate>/dismiss/", dismiss, "dismiss"),
    ("<str:number>/candidates/<int:dismissal>/restore/", restore, "restore_candidate"),
]

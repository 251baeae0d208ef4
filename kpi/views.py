"""指標のまど: the managers' room, where every figure carries its day, its definition and its cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cityhall import calendar
from cityhall.access import role_required
from cityhall.models import Role
from kpi import behind
from kpi.figures import Figures, figures_of
from kpi.forms import AsOfForm
from kpi.tiles import tiles
from kpi.waits import waits

READERS = (Role.DESK, Role.HEAD, Role.MANAGER)


@role_required(*READERS)
def index(request: HttpRequest) -> HttpResponse:
    """Managers, heads and the desk: are we moving, and where does it wait now?"""
    form = AsOfForm(request.GET)
    if not form.is_valid():
        return _refuse(request, form)
    year, on = form.asked
    figures = figures_of(year, on)
    waiting = behind.listing(figures, "waiting", request.user)
    context = {"tiles": tiles(figures), "waiting": waiting, "waits": waits(year, on)}
    return render(request, "kpi/index.html", _frame(figures) | context)


@role_required(*READERS)
def cases(request: HttpRequest, name: str) -> HttpResponse:
    """The cases behind a figure; those of other sections are counted, not named."""
    form = AsOfForm(request.GET)
    if not form.is_valid():
        return _refuse(request, form)
    figures = figures_of(*form.asked)
    if name == "activities":
        return render(
            request, "kpi/activities.html", _frame(figures) | {"supports": behind.supports(figures)}
        )
    if name not in behind.TITLES:
        raise Http404
    listing = behind.listing(figures, name, request.user)
    return render(request, "kpi/cases.html", _frame(figures) | {"listing": listing})


def _frame(figures: Figures) -> dict:
    this_year = calendar.fiscal_year(timezone.localdate())
    return {
        "figures": figures,
        "years": sorted({this_year - 1, this_year, figures.year}),
        "year_end": calendar.fiscal_year_bounds(figures.year)[1],
        "is_today": figures.on == timezone.localdate(),
        "is_plan": figures.on > timezone.localdate(),
        "now": timezone.now(),
    }


def _refuse(request: HttpRequest, form: AsOfForm) -> HttpResponse:
    return render(request, "kpi/refused.html", {"form": form}, status=400)

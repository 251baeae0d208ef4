"""The pages anybody may read: what the gate is, the open troubles, what became of proposals, paper, help."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cityhall.panels import panels_for
from proposals import paper
from proposals import status as figures
from proposals.forms import words
from proposals.forms.paper import PAGES
from proposals.models import Theme, Track
from proposals.workflow import PUBLIC_WORDS

FLOW = list(PUBLIC_WORDS.values())
ROBOTS = """User-agent: *
Disallow: /propose/
Allow: /propose/$
Disallow: /receipt/
Disallow: /accounts/
Disallow: /files/
"""


@require_safe
def landing(request):
    """Anybody: may I use this, and how do I begin?"""
    today = timezone.localdate()
    themes = list(Theme.objects.open_on(today))
    years = figures.status_table(today) if figures.is_shown() else []
    context = {
        "flow": FLOW,
        "notices": words.NOTICES,
        "themes": themes[:3],
        "theme_count": len(themes),
        "year": years[0] if years else None,
        "panels": panels_for("public.landing", None, request.user),
    }
    return render(request, "proposals/landing.html", context)


# --- the open troubles ----------------------------------------------------


@require_safe
def themes(request):
    """Anybody: the city's open troubles, each an invitation to propose."""
    return render(request, "proposals/themes.html", {"themes": Theme.objects.open_on(timezone.localdate())})


@require_safe
def theme(request, number):
    """Anybody: one open trouble, and how to answer it; a closed one is not shown."""
    found = get_object_or_404(Theme.objects.open_on(timezone.localdate()), number=number)
    return render(request, "proposals/theme.html", {"theme": found})


# --- what became of them --------------------------------------------------


@require_safe
def status(request):
    """Anybody: what became of the proposals, in numbers alone; not there until the city shows it."""
    if not figures.is_shown():
        raise Http404
    years = figures.status_table(timezone.localdate())
    context = {"years": years, "rows": figures.by_outcome(years), "outcomes": figures.OUTCOMES}
    return render(request, "proposals/status.html", context)


# --- paper ----------------------------------------------------------------


@require_safe
def paper_index(request):
    """Whoever would rather write by hand: the two sheets, and where they go."""
    sheets = [(track, PAGES[track], paper.place_of(track).exists()) for track in Track]
    return render(request, "proposals/paper.html", {"sheets": sheets})


@require_safe
def paper_sheet(request, track):
    """Whoever would rather write by hand: a sheet, to print from the browser."""
    return HttpResponse(paper.paper_html(_track(track), is_on_screen=True))


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def paper_pdf(request, track):
    """Whoever would rather write by hand: the sheet as PDF; where none could be made, the page to print."""
    track = _track(track)
    try:
        file = paper.place_of(track).open("rb")
    except FileNotFoundError:
        return redirect("public:paper_sheet", track)
    return FileResponse(file, as_attachment=True, filename=f"{track.label}の用紙.pdf")


def _track(name: str) -> Track:
    if name not in Track.values:
        raise Http404
    return Track(name)


# --- about ----------------------------------------------------------------


@require_safe
def about(request, page):
    """Anybody: how proposals are handled, what personal data is for, accessibility, questions often asked."""
    context = {
        "notices": words.NOTICES,
        "pledges": words.PLEDGES,
        "privacy": words.PRIVACY,
        "flow": FLOW,
        "draft_days": settings.DRAFT_DAYS,
    }
    return render(request, f"proposals/{page}.html", context)


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def robots(request):
    """Search engines: the pages to read are open, what somebody writes or follows is not for them."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")

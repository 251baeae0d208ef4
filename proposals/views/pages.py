"""The pages anybody may read: what the gate is, the open troubles, how proposals are handled."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityhall.panels import panels_for
from proposals.forms import words
from proposals.models import Theme
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

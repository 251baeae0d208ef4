"""Papers of the journeys: to print from the browser, or as PDF made by the worker."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityhall import pdf_fonts, wake
from cityhall.access import role_required
from trips import printing, tasks
from trips.views import room

LOOK_AGAIN = 2  # seconds until the waiting page loads itself anew


@require_safe
def paper(request, kind, key):
    """Whoever sees the page prints it from the browser."""
    found = printing.find(request.user, kind, key)
    if found is None and request.user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    if found is None:
        raise Http404
    return HttpResponse(found.html(is_on_screen=True))


@role_required(*room.STAFF)
def pdf(request, kind, key):
    """Staff order it as PDF and wait for it; where none can be made, the print page takes its place."""
    found = printing.find(request.user, kind, key)
    if found is None:
        raise Http404
    print_url = reverse("trips:paper", args=[kind, key])
    if not pdf_fonts.available():
        return redirect(print_url)
    if request.method == "POST":
        wake.soon(tasks.print_paper, request.user.pk, kind, key)
        return redirect(request.path)
    place = printing.place_of(request.user, found)
    told = {"paper": found, "print_url": print_url, "back_url": reverse(found.back, args=[key])}
    page = room.show(request, "paper_pdf", name=place.name, is_ready=place.exists(), **told)
    if not place.exists():
        page["Refresh"] = str(LOOK_AGAIN)
    page["Cache-Control"] = "no-store"
    return page

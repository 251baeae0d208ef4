"""The town at the desk: the picture of who does what where, and the 資源の本 of an area."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityhall import pdf_fonts, wake
from proposals import tasks, town, town_book, town_map
from proposals.admin.pages import page

LOOK_AGAIN = 2  # seconds until the waiting page loads itself anew


@require_safe
def picture(request):
    """The desk sees where somebody is, and where nobody is."""
    listed = reverse("admin:proposals_resource_changelist")
    told = {"picture": town_map.picture(), "list_url": listed, "as_of": timezone.now()}
    return page(request, "town_map", title="地域資源の地図", **told)


def of_area(view):
    """For a view: the place of an area there is, as an address names it (1 …)."""

    @wraps(view)
    def found(request, place):
        if not 1 <= place <= len(town.AREAS):
            raise Http404
        return view(request, place - 1)

    return found


@require_safe
@of_area
def book(request, place):
    """The desk prints the book of an area from the browser."""
    return HttpResponse(town_book.paper_html(place, is_on_screen=True))


@of_area
def pdf(request, place):
    """The desk orders the book as PDF; where none can be made, the print page takes its place."""
    if not pdf_fonts.available():
        return redirect("admin:proposals_resource_book", place + 1)
    if request.method == "POST":
        wake.soon(tasks.print_town_book, place)
        return redirect("admin:proposals_resource_book_pdf", place + 1)
    file = town_book.place_of(place)
    told = {"area": town.AREAS[place], "place": place + 1, "file": file.name, "is_ready": file.exists()}
    answer = page(request, "town_book_pdf", title=f"資源の本（{town.AREAS[place]}）", **told)
    if not told["is_ready"]:
        answer["Refresh"] = str(LOOK_AGAIN)
    answer["Cache-Control"] = "no-store"
    return answer

"""The papers of an edition: ordered here, made in the worker."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from cityhall import pdf_fonts
from cityhall.access import role_required
from logicmodels import services
from logicmodels.models import Paper
from logicmodels.paper import paper_html
from logicmodels.views import room

LOOK_AGAIN = 3  # seconds until the waiting page loads itself anew


@require_POST
@role_required(*room.READERS)
def order(request, number, edition):
    """Staff order the PDF of an edition; where none can be made, the print page takes its place."""
    found = room.find_edition(request.user, number, edition)
    size = request.POST.get("size", "")
    if size not in Paper.Size:
        raise Http404
    if not pdf_fonts.available():
        return redirect("logicmodels:print", number, edition, size)
    services.order_paper(found, by=request.user, size=size)
    return redirect("logicmodels:paper", number, edition, size)


@require_safe
@role_required(*room.READERS)
def paper(request, number, edition, size):
    """Staff wait here for a paper: the page looks again by itself until it is made."""
    found = room.find_edition(request.user, number, edition)
    ordered = get_object_or_404(Paper.objects.select_related("edition__model"), edition=found, size=size)
    page = room.show(request, "paper_state", model=found.model, edition=found, paper=ordered)
    if ordered.is_on_its_way:
        page["Refresh"] = str(LOOK_AGAIN)
    page["Cache-Control"] = "no-store"
    return page


@require_safe
@role_required(*room.READERS)
def print_page(request, number, edition, size):
    """Staff: the same paper as a page of the browser, where no PDF can be made."""
    found = room.find_state(request.user, number, edition)
    if size not in Paper.Size:
        raise Http404
    return HttpResponse(paper_html(found, size, is_on_screen=True))

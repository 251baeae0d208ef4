"""引き合わせの用紙: to print from the browser, or as PDF made by the worker."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from cityhall import access, pdf_fonts, wake
from cityhall.access import role_required
from cityhall.models import Role
from proposals import introduction_paper, tasks
from proposals.models import Introduction
from proposals.views.section import room
from proposals.views.section.sheet_papers import LOOK_AGAIN, PRINTERS


@require_safe
@role_required(*PRINTERS)
def paper(request, number, running):
    """The desk, or a section that comes, prints the sheet of an introduction."""
    found = _find(request.user, number, running)
    return HttpResponse(introduction_paper.paper_html(found, is_on_screen=True))


@role_required(*PRINTERS)
def pdf(request, number, running):
    """They order it as PDF and wait for it; where none can be made, the print page takes its place."""
    found = _find(request.user, number, running)
    if not pdf_fonts.available():
        return redirect("section:introduction_paper", number, running)
    if request.method == "POST":
        wake.soon(tasks.print_introduction, found.pk)
        return redirect("section:introduction_pdf", number, running)
    place = introduction_paper.place_of(found)
    told = {"introduction": found, "case": found.proposal, "name": place.name, "is_ready": place.exists()}
    page = room.show(request, "introduction_pdf", **told)
    if not told["is_ready"]:
        page["Refresh"] = str(LOOK_AGAIN)
    page["Cache-Control"] = "no-store"
    return page


def _find(user, number: str, running: int) -> Introduction:
    """An introduction of one's own section, or any for the desk; 404 otherwise."""
    rows = Introduction.objects.numbered().select_related("proposal__organization")
    if not access.has_role(user, Role.DESK):
        rows = rows.of(room.sections_of(user))
    return get_object_or_404(rows, proposal__number=number, running=running)

"""A つなぐシート on paper: to print from the browser, or as PDF made by the worker."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cityhall import pdf_fonts, wake
from cityhall.access import role_required
from cityhall.models import Role
from proposals import sheet_paper, tasks
from proposals.views.section import room

LOOK_AGAIN = 2  # seconds until the waiting page loads itself anew
PRINTERS = (Role.MEMBER, Role.HEAD, Role.DESK)


@require_safe
@role_required(*PRINTERS)
def paper(request, number, running):
    """The section that was asked, or the desk, prints the sheet: to write by hand, or to keep."""
    sheet = room.find_paper(request.user, number, running)
    return HttpResponse(sheet_paper.paper_html(sheet, is_on_screen=True))


@role_required(*PRINTERS)
def pdf(request, number, running):
    """They order the sheet as PDF and wait for it; where none can be made, the print page takes its place."""
    sheet = room.find_paper(request.user, number, running)
    if not pdf_fonts.available():
        return redirect("section:sheet_paper", number, running)
    if request.method == "POST":
        wake.soon(tasks.print_sheet, sheet.pk)
        return redirect("section:sheet_pdf", number, running)
    place = sheet_paper.place_of(sheet)
    told = {"sheet": sheet, "case": sheet.proposal, "name": place.name, "is_ready": place.exists()}
    page = room.show(request, "sheet_pdf", **told)
    if not told["is_ready"]:
        page["Refresh"] = str(LOOK_AGAIN)
    page["Cache-Control"] = "no-store"
    return page

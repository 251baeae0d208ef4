"""A つなぐシート and a 引き合わせの用紙: to print from the browser, or as PDF made by the worker."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityhall import pdf_fonts, wake
from cityhall.access import role_required
from cityhall.models import Role
from proposals import introduction_paper as of_introduction
from proposals import sheet_paper as of_sheet
from proposals import tasks
from proposals.models import Hearing, Introduction
from proposals.views.section import room

LOOK_AGAIN = 2  # seconds until the waiting page loads itself anew
PRINTERS = (Role.MEMBER, Role.HEAD, Role.DESK)


@require_safe
@role_required(*PRINTERS)
def sheet_paper(request, number, running):
    """The section that was asked, or the desk, prints the sheet: to write by hand, or to keep."""
    sheet = _find(Hearing.objects, request.user, number, running)
    return HttpResponse(of_sheet.paper_html(sheet, is_on_screen=True))


@require_safe
@role_required(*PRINTERS)
def introduction_paper(request, number, running):
    """The desk, or a section that comes, prints the paper of an introduction."""
    found = _find(Introduction.objects, request.user, number, running)
    return HttpResponse(of_introduction.paper_html(found, is_on_screen=True))


@role_required(*PRINTERS)
def sheet_pdf(request, number, running):
    """They order the sheet as PDF and wait for it; where none can be made, the print page takes its place."""
    sheet = _find(Hearing.objects, request.user, number, running)
    return _wait(request, sheet, of_sheet, tasks.print_sheet, title="つなぐシート", kind="sheet")


@role_required(*PRINTERS)
def introduction_pdf(request, number, running):
    """They order the paper of an introduction as PDF, as above."""
    found = _find(Introduction.objects, request.user, number, running)
    told = {"title": "引き合わせの用紙", "kind": "introduction"}
    return _wait(request, found, of_introduction, tasks.print_introduction, **told)


def _find(rows, user, number: str, running: int):
    """What this person may print, by its number in its case; 404 otherwise."""
    found = rows.printable_by(user).numbered().select_related("proposal__organization")
    return get_object_or_404(found, proposal__number=number, running=running)


def _wait(request, found, printer, task, *, title: str, kind: str):
    number, running = found.proposal.number, found.running
    print_url = reverse(f"section:{kind}_paper", args=[number, running])
    if not pdf_fonts.available():
        return redirect(print_url)
    if request.method == "POST":
        wake.soon(task, found.pk)
        return redirect(request.path)
    place = printer.place_of(found)
    told = {"case": found.proposal, "title": title, "number": f"{number}-{running}", "kind": kind}
    told |= {"print_url": print_url, "name": place.name, "is_ready": place.exists()}
    page = room.show(request, "paper_pdf", **told)
    if not told["is_ready"]:
        page["Refresh"] = str(LOOK_AGAIN)
    page["Cache-Control"] = "no-store"
    return page

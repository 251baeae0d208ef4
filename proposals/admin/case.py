"""案件のページ: what to do now, what else can be done, and all there is to read of a case."""

from django.views.decorators.http import require_safe

from cityhall.panels import panels_for
from proposals import queries
from proposals.admin.case_forms import CaseForms
from proposals.admin.pages import page
from proposals.desk import care, gate, panels, reading, sheets, undo
from proposals.desk import case as words
from proposals.desk.moves import moves
from proposals.desk.next_deed import next_deed
from proposals.desk.opened import Opened
from proposals.desk.readings import marks_of, readings
from proposals.desk.talk import talk
from proposals.desk.trail import names_in, trail

SHOWN = 20  # of the record; the rest has a page of its own


@require_safe
def change(request, number):
    """The desk reads a case and works on it."""
    return show(request, number)


def show(request, number, *, contact=(), has_opened=False, is_writing=False, **sent):
    """The page; `sent` is a refused form by its name, `contact` whom to call, once somebody opened it."""
    opened = Opened(number, request.user)
    context = {"case": opened.case, "contact": contact, "has_opened": has_opened, "is_writing": is_writing}
    for piece in PIECES:
        context |= piece(opened)
    forms = CaseForms(opened.case, opened.today, opened.offered).open() | sent
    return page(request, "case", title=str(opened.case), **context, forms=forms)


# --- the pieces of the page: each what its template needs -------------------


def _standing(opened: Opened) -> dict:
    case, today, records = opened.case, opened.today, opened.records
    days = queries.days_by_step(case, records=records, closed=today.closed)
    return {
        "row": opened.row,
        "strip": words.strip(opened.row),
        "deed": next_deed(case, today, opened.clocks),
        "moves": moves(opened.user, case),
        "stages": words.stages(case, days),
        "facts": words.facts(case, today, care.how_it_began(case, records)),
        "undo": undo.offer(case, records, opened.user),
    }


def _told(opened: Opened) -> dict:
    return {
        **reading.versions(opened.case, opened.sent, opened.records),
        **reading.decided(opened.records),
        "papers": opened.papers,
        "talk": talk(opened.case, opened.today, opened.papers, opened.messages),
        "trail": trail(opened.records, names_in(opened.records), most=SHOWN),
        "trail_count": len(opened.records),
    }


def _care(opened: Opened) -> dict:
    case, records = opened.case, opened.records
    return {
        "encounters": care.encounters(case, records),
        "notes": care.notes(records),
        "todos": care.todos_of(case, opened.today),
        "readings": readings(case, opened.user, marks_of(case)),
    }


def _sheets(opened: Opened) -> dict:
    return sheets.shown(opened.case, opened.today, opened.clocks, opened.records)


def _gate(opened: Opened) -> dict:
    return {"gate": gate.shown(opened.records)}


def _panels(opened: Opened) -> dict:
    """The desk's own panels and those of other floors, in one order."""
    found = [*panels.panels(opened), *panels_for("proposal.case", opened.case, opened.user)]
    return {"panels": sorted(found, key=lambda panel: panel.order)}


PIECES = (_standing, _told, _gate, _sheets, _care, _panels)  # what was opened → what a template needs

"""案件のひとまとめ: ordered here, made by the worker, handed out through the one view for files."""

from django.shortcuts import redirect

from proposals.admin.pages import page
from proposals.desk.case import find_case
from proposals.desk.links import deed_url
from proposals.forms.desk.dossier import DossierForm
from proposals.services import dossiers

LOOK_AGAIN = 3  # seconds until the waiting page loads itself anew
SHOWN = 20


def dossier(request, number):
    """The desk orders all of a case as one file, chooses what to black out, and finds what was made."""
    case = find_case(number)
    form = DossierForm(request.POST if request.method == "POST" else None, proposal=case)
    if request.method == "POST" and form.carry_out(dossiers.order_dossier, by=request.user):
        return redirect(deed_url(case, "dossier"))
    made = list(case.dossiers.select_related("by")[:SHOWN])
    status = 409 if form.is_overtaken else 200
    shown = page(request, "dossier", status=status, title="案件のひとまとめ", case=case, form=form, made=made)
    if not form.is_bound and any(one.is_on_its_way for one in made):
        shown["Refresh"] = str(LOOK_AGAIN)
    shown["Cache-Control"] = "no-store"
    return shown

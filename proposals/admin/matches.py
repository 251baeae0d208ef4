"""組み合わせ at the desk: purpose and parts, who helps, what a partner says for itself, the agreement."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from proposals import queries
from proposals.admin.pages import back_to, page
from proposals.desk.introductions import parties_of
from proposals.desk.links import deed_url
from proposals.desk.opened import Opened
from proposals.forms.desk.matches import AgreeForm, DropSideForm, GainForm, PurposeForm, SideForm
from proposals.models import MatchParty
from proposals.services import matches
from proposals.views.section.days import Today

PIECE = "match"
DONE = {
    "purpose": "目指すことと担うことを書きました。",
    "side": "加えました。",
    "agree": "合意した日を記録しました。",
    "gain": "聞いた言葉を残しました。",
    "drop": "外しました。",
}


def match(request, number):
    """The desk writes what the sides of a case do together, and when they agreed."""
    case = Opened(number, request.user).case
    if case.step not in matches.WRITTEN_AT:
        messages.warning(request, matches.NOT_NOW)
        return back_to(case, PIECE)
    found = getattr(case, "match", None)
    forms = _forms(request, case)
    deeds = {"purpose": matches.write, "side": matches.add_side, "agree": matches.agree}
    go = request.POST.get("go", "")
    if go in deeds and forms[go].carry_out(deeds[go], by=request.user):
        messages.success(request, DONE[go])
        return back_to(case, PIECE) if go == "agree" else redirect(deed_url(case, "match"))
    status = 409 if any(form.is_overtaken for form in forms.values()) else 200
    told = {"match": found, "parties": parties_of(case), "forms": forms}
    return page(request, "match", status=status, title="組み合わせを書く", case=case, **told)


def _forms(request, case) -> dict:
    go = request.POST.get("go") if request.method == "POST" else None
    sent = {name: request.POST if go == name else None for name in ("purpose", "side", "agree")}
    departments = list(queries.departments_on(Today().day))
    return {
        "purpose": PurposeForm(sent["purpose"], kept=case),
        "side": SideForm(sent["side"], kept=case, departments=departments),
        "agree": AgreeForm(sent["agree"], kept=case),
    }


def side(request, number, party):
    """The desk takes down what a side says is good for itself, or takes the side out."""
    case = Opened(number, request.user).case
    row = next((one for one in parties_of(case) if one["pk"] == party), None)
    if row is None:
        raise Http404
    found = MatchParty.objects.select_related("match__proposal").get(pk=party)
    go = request.POST.get("go") if request.method == "POST" else None
    forms = {
        "gain": GainForm(request.POST if go == "gain" else None, party=found),
        "drop": DropSideForm(request.POST if go == "drop" else None, auto_id="drop-%s"),
    }
    deeds = {"gain": matches.take_down_gain, "drop": matches.drop_side}
    if go in deeds and forms[go].carry_out(deeds[go], found, by=request.user):
        messages.success(request, DONE[go])
        return redirect(deed_url(case, "match"))
    told = {"row": row, "party": found, "forms": forms}
    return page(request, "match_side", title=row["who"], case=case, **told)

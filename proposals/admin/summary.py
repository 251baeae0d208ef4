"""窓口の要約: saved, or shown beside what a colleague saved meanwhile; nothing typed is ever lost."""

from django.contrib import messages

from cityhall.refusal import NotAllowed
from proposals.admin.case import show
from proposals.admin.case_forms import CaseForms
from proposals.admin.pages import back_to, page
from proposals.desk.case import find_case
from proposals.differences import marked
from proposals.forms.desk.conflict import ConflictForm
from proposals.models import Proposal
from proposals.services import settling, triage
from proposals.views.section.days import Today
from proposals.workflow import Kind

SAVED = "要約を保存しました。"


def summary(request, number):
    """The desk saves its summary; whoever saved in between is shown beside it, and nothing is lost."""
    if request.method != "POST":
        return back_to(number, "proposal")
    case = find_case(number)
    form = CaseForms(case, Today()).summary(request.POST)
    if form.carry_out(triage.summarise, by=request.user):
        messages.success(request, SAVED)
        return back_to(number, "proposal")
    if not form.is_overtaken:
        return show(request, number, summary=form)
    officers = form.seen_officer, form.cleaned_data["officer"]
    return _both(request, form.proposal, *officers, form.seen_summary, form.cleaned_data["summary"])


def settle(request, number):
    """The desk chooses between two summaries; a third saving in between shows the page again."""
    if request.method != "POST":
        return back_to(number, "proposal")
    case = find_case(number)
    form = ConflictForm(request.POST, proposal=case, officers=CaseForms(case, Today()).officers)
    if not form.is_valid():
        return _page(request, case, form)
    base, mine = form.as_begun()
    officer = form.cleaned_data["officer"]
    if form.is_overtaken_again and form.is_settled:
        return back_to(number, "proposal")
    if form.is_overtaken_again:
        return _both(request, case, officer, officer, base, mine)
    try:
        settling.settle(case, by=request.user, **form.for_service())
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
        case.refresh_from_db()
        return _both(request, case, officer, officer, base, mine)
    messages.success(request, SAVED)
    return back_to(number, "proposal")


def _both(request, case: Proposal, officer_before, officer, base: str, mine: str):
    """The page with both texts; of the officer the one whom somebody changed."""
    chosen = case.officer_id if officer == officer_before else officer
    officers = CaseForms(case, Today()).officers
    form = ConflictForm(proposal=case, officers=officers, base=base, mine=mine, officer=chosen)
    return _page(request, case, form, base=base, mine=mine)


def _page(request, case: Proposal, form: ConflictForm, *, base: str | None = None, mine: str | None = None):
    base, mine = (form.said("base"), form.said("mine")) if base is None else (base, mine)
    notes = case.records.filter(kind=Kind.NOTE).newest_first()
    saved = next((note for note in notes if note.data.get("changed")), None)
    return page(
        request,
        "conflict",
        status=409,
        title=f"あなたが書いている間に、{saved.by if saved else 'ほかの人'}さんが保存しました",
        case=case,
        saved=saved,
        form=form,
        theirs=marked(base, case.summary),
        ours=marked(base, mine),
    )

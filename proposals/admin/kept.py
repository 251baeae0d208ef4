"""絞り込み: the desk keeps a narrowed list under a name, shares it, or forgets it."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect

from cityhall.refusal import NotAllowed
from proposals.admin.pages import page
from proposals.desk.links import list_url
from proposals.filters import ProposalFilter, narrowing, said, unknown
from proposals.forms.desk.kept import KeepForm
from proposals.models import SavedFilter
from proposals.services import saved_filters

DEEDS = {
    "share": lambda kept, by: saved_filters.share(kept, by=by, is_shared=True),
    "unshare": lambda kept, by: saved_filters.share(kept, by=by, is_shared=False),
    "remove": lambda kept, by: saved_filters.remove(kept, by=by),
}


def kept(request):
    """The desk's kept lists; with a narrowing in the address, also the form that keeps it."""
    if request.method == "POST" and request.POST.get("go") in DEEDS:
        return _change(request)
    form = KeepForm(request.POST or None, initial={"query": narrowing(request.GET.urlencode()).urlencode()})
    if form.is_valid() and _keep(request, form):
        return redirect(f"{list_url()}?{form.cleaned_data['query']}")
    seen = SavedFilter.objects.filter(Q(owner=request.user) | Q(is_shared=True)).select_related("owner")
    query = form["query"].value() or ""
    return page(
        request,
        "kept",
        title="絞り込みに名前をつける" if query else "絞り込み",
        form=form if query else None,
        said=_said(query),
        lines=[_line(one, request.user) for one in seen],
    )


def _keep(request, form: KeepForm) -> bool:
    try:
        saved_filters.keep(by=request.user, **form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error("name", str(refusal))
        return False
    messages.success(request, f"「{form.cleaned_data['name']}」を左の一覧に加えました。")
    return True


def _change(request):
    """Only what is one's own is found here."""
    one = get_object_or_404(SavedFilter, owner=request.user, name=request.POST.get("name", ""))
    DEEDS[request.POST["go"]](one, request.user)
    messages.success(request, "絞り込みを直しました。")
    return redirect("admin:proposals_proposal_kept")


def _line(one: SavedFilter, user) -> dict:
    url = f"{list_url()}?{one.query}"
    return {"kept": one, "url": url, "said": _said(one.query), "is_own": one.owner_id == user.pk}


def _said(query: str) -> str:
    found = narrowing(query)
    return "" if unknown(found) else said(ProposalFilter(found).form, found)

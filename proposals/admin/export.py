"""一覧の書き出し: the desk takes the narrowed list out as a file; who took what is noted."""

import secrets

from cityhall import limits
from cityhall.refusal import NotAllowed
from proposals.admin.jobs import begin, token_of
from proposals.admin.listing import narrowed
from proposals.admin.pages import page
from proposals.desk.links import list_url
from proposals.filters import LISTS, list_of, narrowing, said
from proposals.forms.desk.bulk import ExportForm
from proposals.models import DeskJob
from proposals.paging import ORDER
from proposals.services import jobs
from proposals.views.section.days import Today

AT_ONCE = 500  # rows made while the page waits


def export(request):
    """The desk chooses how the list in the address is written, and presses once."""
    wanted = narrowing(request.GET.urlencode())
    chosen = narrowed(wanted, request.user, Today())
    if chosen is None:
        return page(request, "bad_filter", status=400, title="一覧", url=list_url())
    form = ExportForm(request.POST or None)
    if form.is_valid():
        if limits.exceeded(request, "export"):
            return limits.too_many(request)
        if job := _order(request, chosen, form, wanted):
            return begin(job, at_once=AT_ONCE)
    return page(
        request,
        "export",
        title="一覧を書き出す",
        form=form,
        count=chosen.qs.count(),
        said=said(chosen.form, wanted) or f"一覧「{LISTS[list_of(wanted)]}」",
        token=secrets.token_hex(16),
        back_url=f"{list_url()}?{wanted.urlencode()}",
    )


def _order(request, chosen, form: ExportForm, wanted) -> DeskJob | None:
    numbers = list(chosen.qs.order_by(*ORDER).values_list("number", flat=True))
    told = {"format": form.cleaned_data["format"], "query": wanted.urlencode()}
    try:
        return jobs.order(DeskJob.Kind.EXPORT, numbers, by=request.user, token=token_of(request), asked=told)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None

"""まとめてすること: the desk ticks cases, looks at who would be reached and who not, then has it done."""

import secrets

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect

from cityhall.refusal import NotAllowed
from proposals.admin.jobs import begin, token_of
from proposals.admin.listing import narrowed
from proposals.admin.pages import page
from proposals.desk.links import list_url
from proposals.forms.desk.bulk import FORMS, OwnSheetForm
from proposals.models import DeskJob, Proposal
from proposals.paging import ORDER
from proposals.services import jobs, plans
from proposals.views.section.days import Today

SHOWN = 200  # cases on the page; the others are counted
OWN = 50  # of them can be asked about in words of their own


def bulk(request):
    """`go` open and look show the page, do has it done; without cases, back to the list."""
    kind, go = request.POST.get("kind"), request.POST.get("go", "open")
    numbers = _chosen(request)
    if kind not in FORMS or not numbers:
        messages.warning(request, "先に、案件を選んでください。")
        return redirect(list_url())
    form = FORMS[kind](request.POST if go != "open" else None)
    own = _own(request, kind, numbers)
    is_ready = kind == DeskJob.Kind.REMIND or (go in ("look", "do") and form.is_valid())
    if go == "do" and is_ready and (job := _order(request, kind, numbers, form, own)):
        return begin(job)
    return _preview(request, kind, numbers, form, own, is_ready)


def _chosen(request) -> list[str]:
    """The numbers ticked, or all of the narrowed list, nearest due first."""
    if request.POST.get("all"):
        chosen = narrowed(QueryDict(request.POST.get("query", "")), request.user, Today())
        cases = chosen.qs if chosen else Proposal.objects.none()
        return list(cases.order_by(*ORDER).values_list("number", flat=True)[: jobs.MOST_CASES + 1])
    ticked = request.POST.getlist("case") or request.POST.get("cases", "").split()
    found = Proposal.objects.filter(number__in=ticked[: jobs.MOST_CASES + 1])
    return list(found.order_by(*ORDER).values_list("number", flat=True))


def _own(request, kind: str, numbers: list[str]) -> dict[str, OwnSheetForm]:
    """The words of single cases, by number; of the first ones, as many as a page holds."""
    if kind != DeskJob.Kind.ASK:
        return {}
    return {number: OwnSheetForm(request.POST, number=number) for number in numbers[:OWN]}


def _order(request, kind: str, numbers: list[str], form, own: dict[str, OwnSheetForm]) -> DeskJob | None:
    kept = form.as_kept()
    if not all(one.is_valid() for one in own.values()):
        form.add_error(None, "案件ごとに変えた欄を確かめてください。")
        return None
    if own:
        kept["own"] = {number: told for number, one in own.items() if (told := one.as_kept())}
    try:
        return jobs.order(kind, numbers, by=request.user, token=token_of(request), asked=kept)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None


def _preview(request, kind: str, numbers: list[str], form, own: dict[str, OwnSheetForm], is_ready: bool):
    reached, skipped = _plans(kind, numbers, form) if is_ready else ([], [])
    rows = [{"plan": plan, "own": own.get(plan.case.number)} for plan in reached[:SHOWN]]
    return page(
        request,
        "bulk",
        title=DeskJob.Kind(kind).label,
        kind=kind,
        form=form,
        cases=" ".join(numbers),
        count=len(numbers),
        is_ready=is_ready,
        token=secrets.token_hex(16),
        reached=rows,
        skipped=[{"plan": plan} for plan in skipped[:SHOWN]],
        kept=[field for one in own.values() for field in one.changed] if not is_ready else [],
        has_own=bool(own),
        more_reached=max(0, len(reached) - SHOWN),
        more_skipped=max(0, len(skipped) - SHOWN),
        counts=(len(reached), len(skipped)),
        list_url=list_url(),
    )


def _plans(kind: str, numbers: list[str], form) -> tuple[list, list]:
    asked = plans.read(form.as_kept())
    cases = plans.with_all(Proposal.objects.filter(number__in=numbers)).order_by(*ORDER)
    made = [plans.plan(kind, case, asked) for case in cases]
    return [one for one in made if not one.skip], [one for one in made if one.skip]

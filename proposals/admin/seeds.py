"""種の条件 of a case, 種の庫, and the cases that rest without a next pointer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from cityhall.refusal import NotAllowed
from proposals import pointers
from proposals.admin.pages import back_to, page
from proposals.desk import seeds as words
from proposals.desk.case import find_case
from proposals.desk.links import deed_url
from proposals.forms.desk.seeds import DropSeedForm, SeedForm
from proposals.models import Introduction, Proposal
from proposals.services import seeds

TITLE = "種の条件"


@require_safe
def store(request):
    """The desk reads what all the seeds wait for."""
    return page(request, "seeds", title="種の庫", **words.store())


@require_safe
def without_next(request):
    """The desk reads which cases rest without a next pointer, and mends each."""
    cases = pointers.without_next(Proposal.objects.with_people()).order_by("pk")[: words.SHOWN]
    lines = [{"case": case, "lacks": pointers.lacks(case), "url": _mend(case)} for case in cases]
    return page(request, "without_next", title="次がまだの案件", lines=lines)


def _mend(case: Proposal) -> str:
    deed = "case_seeds" if case.step in pointers.SEEDED else "change"
    return deed_url(case, deed)


def case_seeds(request, number):
    """The desk says when a case shall be looked at again."""
    case = find_case(number)
    met = case.introductions.filter(result=Introduction.Result.SEED).last()
    first = {"text": (met.next_step or met.result_text)[:200]} if met else {}
    form = SeedForm(request.POST if request.method == "POST" else None, proposal=case, initial=first)
    if request.method == "POST" and form.carry_out(seeds.plant, by=request.user):
        messages.success(request, "種の条件を決めました。そろうと、窓口の「すること」に出ます。")
        return _onward(case)
    return page(
        request,
        "case_seeds",
        status=409 if form.is_overtaken else 200,
        title=TITLE,
        case=case,
        form=form,
        lines=words.lines(case),
        reopen_url=words.reopening(case),
        can_plant=case.step in pointers.RESTING,
    )


def _onward(case: Proposal):
    """A verdict still to be told is told next."""
    return redirect(deed_url(case, "announce")) if case.is_to_announce else back_to(case, "seeds")


def drop(request, number, seed):
    """The desk stops waiting for one of the seeds of a case."""
    case = find_case(number)
    found = get_object_or_404(case.seeds, pk=seed)
    form = DropSeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            seeds.drop(found, by=request.user, reason=form.cleaned_data["reason"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "待つのをやめたことを記録しました。")
            return back_to(case, "seeds")
    asked = {"lead": f"{seeds.in_words(found)}：{found.text}", "button": "待つのをやめる"}
    return page(request, "deed", title="この種を待つのをやめる", case=case, form=form, words=asked)

"""1つにまとめる: the original is chosen, both are looked at, then the double is closed into it."""

from django.contrib import messages

from proposals.admin.pages import back_to, page
from proposals.desk import merging as words
from proposals.desk.case import find_case
from proposals.forms.desk.merging import MergeForm, OtherForm
from proposals.models import Proposal
from proposals.services import doubles
from proposals.similar import similar
from proposals.workflow import DESK_STEPS

TOO_LATE = "まとめられるのは、①〜⑤の案件だけです。"


def merge(request, number):
    """The desk closes a double into its original (`into`)."""
    case = find_case(number)
    if case.step not in DESK_STEPS and request.method != "POST":
        messages.warning(request, TOO_LATE)
        return back_to(case)
    form = MergeForm(request.POST, proposal=case) if request.method == "POST" else None
    if form and form.carry_out(doubles.merge, by=request.user):
        into = form.cleaned_data["other"]
        messages.success(request, f"{case.number} を {into.number} にまとめました。")
        return back_to(into)
    return _look(request, case, form)


def _look(request, case: Proposal, form: MergeForm | None):
    """Both cases once the other is named; the likely ones before that."""
    chosen = _chosen(request, case)
    into = chosen.cleaned_data["other"] if chosen and chosen.is_valid() else None
    if into is None or into.pk == case.pk:
        return page(
            request,
            "merge_choose",
            title="どの案件にまとめますか",
            case=case,
            likely=similar(case),
            form=chosen,
        )
    form = form or MergeForm(proposal=case, initial={"other": into.number})
    return page(
        request,
        "merge",
        status=409 if form.is_overtaken else 200,
        title=f"{case.number} を {into.number} にまとめる",
        case=case,
        into=into,
        consequences=words.consequences(case, into),
        form=form,
        **words.side_by_side(case, into),
        is_reversible=into.step in DESK_STEPS,
    )


def _chosen(request, case: Proposal) -> OtherForm | None:
    typed = request.POST.get("other") or request.GET.get("into")
    return OtherForm({"other": typed, "version": case.version}, proposal=case) if typed is not None else None

"""庁内からの知らせ: what sections heard; the desk makes a case of it, joins it to one, or answers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityhall.refusal import NotAllowed
from proposals import came
from proposals.admin.lines import made, with_forms
from proposals.admin.pages import back_to, page
from proposals.forms.desk.hints import AnswerHintForm, JoinForm
from proposals.models import Hint
from proposals.services import hints as service

HINTS = "admin:proposals_proposal_hints"
SHOWN = 50


@require_safe
def hints(request):
    """The desk reads what the sections heard."""
    return _show(request)


def join(request, pk):
    """The desk takes it for a contact of a case there is already."""
    hint, form = _sent(request, pk, JoinForm)
    if form and _carried_out(form, service.join, hint, by=request.user):
        messages.success(
            request, f"{form.cleaned_data['proposal'].number} の接触の記録にしました。課にも知らせます。"
        )
        return back_to(form.cleaned_data["proposal"], "encounters")
    return _show(request, tried=form) if form else redirect(HINTS)


def answer(request, pk):
    """The desk answers the section without making a case of it."""
    hint, form = _sent(request, pk, AnswerHintForm)
    if form and _carried_out(form, service.answer, hint, by=request.user):
        messages.success(request, "課へ返事をしました。")
        return redirect(HINTS)
    return _show(request, tried=form) if form else redirect(HINTS)


def _sent(request, pk: int, kind):
    hint = get_object_or_404(Hint, pk=pk)
    return hint, made(kind, hint, request.POST) if request.method == "POST" else None


def _carried_out(form, deed, hint: Hint, *, by) -> bool:
    if form.is_valid():
        try:
            deed(hint, by=by, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    return not form.errors


def _show(request, *, tried=None):
    known = Hint.objects.select_related("department", "by", "proposal")
    return page(
        request,
        "hints",
        title="庁内からの知らせ",
        lines=with_forms(known.open().order_by("pk"), tried, join=JoinForm, answer=AnswerHintForm),
        taken=known.exclude(answered_on=None)[:SHOWN],
        routes=came.counted(timezone.localdate()),
        tried=tried,
    )

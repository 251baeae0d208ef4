"""結果のお知らせ: a draft made the desk's own, looked at as the proposer will see it, then told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals import letters
from proposals.admin.pages import back_to, page
from proposals.desk.case import find_case
from proposals.desk.links import case_url
from proposals.forms.desk import AnnounceForm
from proposals.letter_paper import letter_html
from proposals.models import Announcement
from proposals.pointers import needs_seed
from proposals.services import announcing
from proposals.views.section.trail import latest
from proposals.workflow import Verdict

TITLE = "結果をお知らせする"


def announce(request, number):
    """The desk tells the proposer what the section decided: it looks first (`go` look), then sends (send)."""
    case, go = find_case(number), request.POST.get("go", "look")
    if request.method != "POST" and not case.is_to_announce:
        messages.warning(request, announcing.NOTHING)
        return back_to(case, "decision")
    form = _form(request, case)
    if request.method == "POST" and go == "send" and form.carry_out(announcing.announce, by=request.user):
        messages.success(request, "結果をお知らせしました。")
        return back_to(case, "decision")
    return page(
        request,
        "announce",
        status=409 if form.is_overtaken else 200,
        title=TITLE,
        case=case,
        result=Verdict(case.result).label if case.is_to_announce else "",
        happened=latest(case) if form.is_overtaken else None,
        form=form,
        needs_seed=needs_seed(case),
        letter=_as_seen(form) if go == "look" and form.is_valid() else None,
    )


@require_safe
def sheet(request, number, running):
    """The desk reads and prints a letter as it was sent."""
    letter = get_object_or_404(
        Announcement.objects.select_related("proposal").numbered(), proposal__number=number, running=running
    )
    pdf = reverse("files", args=["letter", letter.paper]) if letter.paper else ""
    return HttpResponse(letter_html(letter, is_on_screen=True, back=case_url(number, "decision"), pdf=pdf))


def _as_seen(form: AnnounceForm) -> Announcement:
    """The letter as it would stand on the proposer's page, not stored."""
    typed = {name: value for name, value in form.cleaned_data.items() if value and name != "version"}
    return Announcement(**letters.official(form.proposal) | typed, announced_at=timezone.now())


def _form(request, case) -> AnnounceForm:
    sent = request.POST if request.method == "POST" else None
    return AnnounceForm(sent, proposal=case, initial=letters.official(case) if sent is None else {})

"""紙・電話の受付を入れる: what came by telephone, by visit or on paper."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from cityhall.refusal import NotAllowed
from proposals.admin.pages import back_to, page, whole_number
from proposals.desk.links import deed_url
from proposals.forms.desk import EntryForm
from proposals.forms.desk.entry import heard
from proposals.models import Hint
from proposals.services import hints, intake
from proposals.similar import similar


def add(request):
    """The desk keys in what it heard or got; what is known is enough."""
    hint = _hint(request)
    form = EntryForm(request.POST or None, initial=heard(hint) if hint else None)
    enter = partial(hints.enter, hint) if hint else intake.enter
    if form.is_valid():
        try:
            case = enter(by=request.user, is_fictional=settings.DEMO, **form.for_service())
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{case.number} として入れました。")
            _tell_alike(request, case)
            if form.cleaned_data["email"]:
                return back_to(case)
            return redirect(deed_url(case, "code"))  # without mail they get the number and code on paper
    return page(request, "entry", title="紙・電話の受付を入れる", form=form, hint=hint)


def _hint(request) -> Hint | None:
    """What a section heard, which is to be keyed in; 404 for one there is not."""
    asked = request.GET.get("hint", "")
    if not asked:
        return None
    return get_object_or_404(Hint.objects.select_related("department"), pk=whole_number(asked))


def _tell_alike(request, case) -> None:
    """What the new case may be a double of, said once it is stored."""
    if found := similar(case):
        near = "、".join(f"{one.case.number}（{'。'.join(one.reasons)}）" for one in found[:3])
        messages.warning(
            request, f"似ている案件があります：{near}。「似ている案件・つながり」で見比べられます。"
        )

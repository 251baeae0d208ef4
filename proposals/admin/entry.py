"""紙・電話の受付を入れる: what came by telephone, by visit or on paper."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from cityhall.refusal import NotAllowed
from proposals.admin.pages import back_to, page
from proposals.desk.links import deed_url
from proposals.forms.desk import EntryForm
from proposals.services import intake
from proposals.similar import similar


def add(request):
    """The desk keys in what it heard or got; what is known is enough."""
    form = EntryForm(request.POST or None)
    if form.is_valid():
        try:
            case = intake.enter(by=request.user, is_fictional=settings.DEMO, **form.for_service())
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{case.number} として入れました。")
            _tell_alike(request, case)
            if form.cleaned_data["email"]:
                return back_to(case)
            return redirect(deed_url(case, "code"))  # without mail they get the number and code on paper
    return page(request, "entry", title="紙・電話の受付を入れる", form=form)


def _tell_alike(request, case) -> None:
    """What the new case may be a double of, said once it is stored."""
    if found := similar(case):
        near = "、".join(f"{one.case.number}（{'。'.join(one.reasons)}）" for one in found[:3])
        messages.warning(
            request, f"似ている案件があります：{near}。「似ている案件・つながり」で見比べられます。"
        )

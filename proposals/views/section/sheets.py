"""A つなぐシート and its answer."""

from django.contrib import messages
from django.shortcuts import redirect

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from proposals.forms.section import AnswerForm
from proposals.forms.section.fields import typed
from proposals.services import hearings
from proposals.views.section import pieces, room
from proposals.views.section.days import Today


@role_required(Role.MEMBER, Role.HEAD)
def sheet(request, number, running):
    """The section that was asked reads the sheet and answers it; whoever comes second keeps the own words."""
    sheet = room.find_sheet(request.user, number, running)
    form = AnswerForm(room.sent(request), hearing=sheet)
    if sheet.is_open and form.is_valid():
        try:
            answered = hearings.answer(sheet, by=request.user, **form.for_service())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            sheet = room.find_sheet(request.user, number, running)
        else:
            messages.success(request, _thanks(answered))
            return redirect("section:home")
    return _page(request, sheet, form)


def _page(request, sheet, form):
    case = sheet.proposal
    is_too_late = form.is_bound and not (sheet.is_open and case.is_open)
    words = case.latest_submission
    return room.show(
        request,
        "sheet",
        status=409 if is_too_late else 200,
        sheet=sheet,
        case=case,
        strip=pieces.sheet_strip(sheet, Today()),
        words=words,
        points=pieces.points(case, words),
        can_answer=sheet.is_open and case.is_open,
        is_too_late=is_too_late,
        typed=typed(form) if is_too_late else [],
        form=form,
        **pieces.answers(request.user, case),
    )


def _thanks(answered) -> str:
    if answered.passed_to:
        return f"{answered.passed_to.department}へ回しました。ありがとうございました。"
    return "お返事を窓口へ送りました。ありがとうございました。"

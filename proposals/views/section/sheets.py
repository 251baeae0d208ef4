"""A つなぐシート and its answer: members draft, a head confirms."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cityhall import access
from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed, Stale
from proposals.forms.section import AnswerForm
from proposals.forms.section.fields import typed
from proposals.models import Hearing
from proposals.proposed import points
from proposals.services import answering, asking_for, hearings
from proposals.views.section import pieces, room
from proposals.views.section.days import Today
from proposals.views.section.replies import similar

KEEP, HAND_UP, GIVE_BACK, CONFIRM, WISH = "keep", "hand_up", "give_back", "confirm", "wish"


@role_required(Role.MEMBER, Role.HEAD)
def sheet(request, number, running):
    """The section that was asked reads the sheet and answers it; whoever comes second keeps the own words."""
    sheet = room.find_sheet(request.user, number, running)
    form = AnswerForm(room.sent(request), hearing=sheet, draft=answering.draft_of(sheet))
    if not (form.is_bound and sheet.is_open and sheet.proposal.is_open):
        return _page(request, sheet, form)
    go = request.POST.get("go") or (CONFIRM if _heads(request.user, sheet) else HAND_UP)
    if go in (HAND_UP, CONFIRM) and not form.is_valid():
        return _page(request, sheet, form)
    try:
        said = DEEDS.get(go, _keep)(sheet, form, request.user)
    except Stale as refusal:
        return _overtaken(request, sheet, form, refusal)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, room.find_sheet(request.user, number, running), form)
    messages.success(request, said)
    return (
        redirect("section:home") if go in (HAND_UP, CONFIRM) else redirect("section:sheet", number, running)
    )


# --- what a press does: each says in words what has happened -----------------


def _keep(sheet, form, by) -> str:
    answering.save(sheet, by=by, **form.as_typed())
    return "下書きを保存しました。まだ窓口には届いていません。"


def _hand_up(sheet, form, by) -> str:
    answering.hand_up(sheet, by=by, **form.as_typed())
    return "課長に確認を頼みました。確定すると、窓口に届きます。"


def _give_back(sheet, form, by) -> str:
    answering.give_back(sheet, by=by, words=form.data.get("returned_words", ""), **form.as_typed())
    return "書き直しを頼みました。"


def _confirm(sheet, form, by) -> str:
    answered = answering.confirm(sheet, by=by, **form.as_typed(), **form.for_service())
    if answered.passed_to:
        return f"{answered.passed_to.department}へ回しました。ありがとうございました。"
    return "お返事を窓口へ送りました。ありがとうございました。"


def _wish(sheet, form, by) -> str:
    kept = form.as_typed()
    text, named = kept["said"]["question"], bool(kept["said"]["may_name"])
    asking_for.wish(sheet, by=by, text=text, may_name=named)
    kept["said"] |= {"question": "", "may_name": ""}
    answering.save(sheet, by=by, **kept)
    return "お尋ねを窓口に届けました。書きかけの返事も保存しました。"


DEEDS = {KEEP: _keep, HAND_UP: _hand_up, GIVE_BACK: _give_back, CONFIRM: _confirm, WISH: _wish}


@role_required(Role.HEAD)
@require_POST
def take_back(request, number, running):
    """A head opens the section's answer again, to have it written anew."""
    sheet = room.find_sheet(request.user, number, running)
    try:
        hearings.take_back(sheet, by=request.user)
        messages.success(request, "返事を書き直せるようにしました。前の返事は、記録に残っています。")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("section:sheet", number, running)


# --- the page -----------------------------------------------------------------


def _heads(user, sheet: Hearing) -> bool:
    return access.posting_for(user, Role.HEAD, department=sheet.department) is not None


def _overtaken(request, sheet, form, refusal):
    """Somebody saved first: what is stored stands beside what was typed, which a second press would keep."""
    draft = answering.draft_of(sheet)
    theirs = typed(AnswerForm(hearing=sheet, draft=draft))
    mine = AnswerForm(hearing=sheet, draft=draft)
    mine.initial |= form.as_typed()["said"]
    return _page(request, sheet, mine, status=409, refusal=str(refusal), theirs=theirs)


def _page(request, sheet, form, *, status=200, **more):
    case = sheet.proposal
    is_open = sheet.is_open and case.is_open
    is_too_late = form.is_bound and not is_open
    words = case.latest_submission
    is_head = _heads(request.user, sheet)
    return room.show(
        request,
        "sheet",
        status=409 if is_too_late else status,
        sheet=sheet,
        case=case,
        draft=answering.draft_of(sheet),
        strip=pieces.sheet_strip(sheet, Today()),
        words=words,
        points=points(case, words),
        can_answer=is_open,
        is_head=is_head,
        can_take_back=is_head and sheet.answer and case.step in hearings.ASKED_AT,
        is_too_late=is_too_late,
        typed=typed(form) if is_too_late else [],
        form=form,
        wishes=list(sheet.questions.select_related("asked_by", "message")),
        alike=similar(sheet),
        **pieces.answers(request.user, case),
        **more,
    )

"""⑥ on the section's page: what lies before the head, the draft, the decision, the way back to the desk."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from proposals.forms.section import DecisionForm, DraftForm, RewriteForm, SendBackForm
from proposals.forms.section.decision import draft_version_in, said_in, with_a_row_more
from proposals.models import Decision, DecisionDraft, DecisionPaper, Proposal
from proposals.seen import is_as_seen, seen_by_decider
from proposals.services import advance, decision_drafts, decisions
from proposals.services.fairness import may_write
from proposals.views.section import pieces, room
from proposals.views.section.days import Today
from proposals.views.section.fixed import frozen
from proposals.views.section.questions import questions

RECORD, SAVE, HAND, ROW = "record", "save", "hand", "row"
KEPT = {SAVE: "下書きを保存しました。", HAND: "所属長に確認を頼みました。課の宛先にもお知らせします。"}


@room.or_the_case("判断は、{}が行います。")
def decide(request, number):
    """The section in charge prepares the verdict, its head records it; the second keeps the words."""
    proposal = room.find_in_charge(request.user, number)
    form, go = _form(request, proposal), _go(request, proposal)
    if go in KEPT and _keep(request, form, hands_up=go == HAND):
        messages.success(request, KEPT[go])
        return redirect("section:decide", number)
    if go == RECORD and room.attempt(form, partial(decisions.decide, proposal, by=request.user)):
        messages.success(request, "記録しました。提案者にはまだ届いていません。")
        return redirect(proposal)
    if not form.is_bound and not form.is_in_time:
        return redirect(proposal)
    return _page(request, proposal, form)


def _go(request, proposal: Proposal) -> str:
    """Which button was pressed; a member's can only keep the draft."""
    if request.method != "POST":
        return ""
    go = request.POST.get("go", RECORD)
    return SAVE if go == RECORD and not pieces.heads(request.user, proposal) else go


def _form(request, proposal: Proposal) -> DraftForm:
    is_head = pieces.heads(request.user, proposal)
    kind, more = (DecisionForm, {"request": request}) if is_head else (DraftForm, {})
    more["initial"] = {"authority": pieces.authority(request.user, proposal)}
    draft = DecisionDraft.objects.filter(proposal=proposal).first()
    if request.POST.get("go") == ROW:
        said = with_a_row_more(said_in(request.POST))
        return kind(None, proposal=proposal, draft=draft, said=said, **more)
    return kind(room.sent(request), proposal=proposal, draft=draft, **more)


def _keep(request, form: DraftForm, *, hands_up: bool) -> bool:
    """Save the draft as it was typed, finished or not; a refusal stays in the form."""
    version = draft_version_in(request.POST)
    try:
        if version < 0:
            raise NotAllowed(form.fields["draft"].error_messages["required"])
        said = said_in(request.POST)
        decision_drafts.save(
            form.proposal, by=request.user, said=said, draft_version=version, hands_up=hands_up
        )
    except NotAllowed as refusal:
        form.errors.clear()  # what is not finished may be kept so
        form.refuse(refusal)
        return False
    return True


def _page(request, proposal: Proposal, form: DraftForm):
    """What there is to read on the left, the record on the right."""
    draft = DecisionDraft.objects.filter(proposal=proposal).select_related("saved_by", "returned_by").first()
    if form.is_bound and form.is_overtaken:
        form.data["draft"] = draft.version if draft else 0
    seen = seen_by_decider(proposal)
    is_waiting = bool(pieces.still_to_answer(seen))
    return room.show_form(
        request,
        "decide",
        form,
        notes=pieces.decision_notes(seen) | ({"mine": False} if is_waiting else {}),
        is_waiting=is_waiting,
        **_rewritten(form, draft),
        seen=seen,
        frozen=frozen(request.user, proposal, seen),
        draft=draft,
        draft_said=_draft_said(proposal, draft) if form.is_bound and form.is_overtaken else [],
        is_behind=draft is not None and draft.case_version != proposal.version,
        papers=DecisionPaper.objects.filter(proposal=proposal, decision=None),
        is_head=pieces.heads(request.user, proposal),
        rewrite_form=RewriteForm(proposal=proposal, initial={"draft": draft.version if draft else 0}),
        may_write_fairness=may_write(request.user, proposal),
        questions=questions(request.user, proposal),
    )


def _rewritten(form: DraftForm, draft: DecisionDraft | None) -> dict:
    """Who rewrote the draft while the page was open, in place of what happened last to the case."""
    if draft is None or decision_drafts.CHANGED not in form.non_field_errors():
        return {}
    at = draft.saved_at
    told = {"name": draft.saved_by.name, "words": "判断の下書きを保存しました"}
    return {"latest": told | {"on": timezone.localdate(at), "at": at}}


def _draft_said(proposal: Proposal, draft: DecisionDraft | None) -> list[dict]:
    return room.typed(DraftForm(proposal=proposal, draft=draft)) if draft else []


@role_required(Role.HEAD)
@require_POST
def rewrite(request, number):
    """A head asks for the draft to be rewritten, in words."""
    proposal = room.find_headed(request.user, number)
    form = RewriteForm(request.POST, proposal=proposal)
    if room.attempt(form, partial(decision_drafts.send_back, proposal, by=request.user)):
        messages.success(request, "書き直しを頼みました。")
    else:
        messages.error(request, "　".join(error for field in form.errors.values() for error in field))
    return redirect("section:decide", number)


@role_required(*room.READERS)
def decision(request, number, running):
    """Whoever may see the case reads a decision with what lay before the head, exactly as it was stored."""
    proposal = room.find_case(request.user, number)
    found = (
        Decision.objects.filter(proposal=proposal).with_people().numbered().filter(running=running).first()
    )
    if found is None:
        raise Http404
    return room.show(
        request,
        "decision",
        case=proposal,
        strip=pieces.case_strip(proposal, Today()),
        decision=found,
        seen=found.seen,
        is_as_seen=bool(found.seen) and is_as_seen(found),
        frozen=frozen(request.user, proposal, found.seen),
    )


@room.or_the_case("窓口への差戻しは、{}の所属長が行います。")
def send_back(request, number):
    """A head of the section in charge hands a case before ⑥ back to the desk, with a reason."""
    proposal = room.find_headed(request.user, number)
    form = SendBackForm(room.sent(request), proposal=proposal)
    if room.attempt(form, partial(advance, proposal, "back_to_model", by=request.user)):
        messages.success(request, "窓口へ差し戻しました。")
        return redirect(proposal)
    if not form.is_bound and not form.is_in_time:
        return redirect(proposal)
    return room.show_form(request, "send_back", form)

"""Rewriting what was sent, by anybody who holds a code of the case."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cityhall import limits
from cityhall.refusal import NotAllowed, Stale
from proposals.forms.revise import RevisionForm, Sending
from proposals.models import Track
from proposals.proposed import facts
from proposals.services import revising
from proposals.services.announcing import newest
from proposals.views.door import for_guests

TAKEN = "書き直した提案（第{version}版）を受け取りました。これからは、この版をもとに進めます。"
NOTHING_NEW = "前に届いた内容と同じです。直したところがなかったので、何も送っていません。"


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def revise(request, guest):
    """A proposer rewrites the proposal on one page; what a colleague sent meanwhile is shown beside it."""
    case = guest.case
    if request.method != "POST":
        if not revising.is_open(case):
            return _show(request, case, None, facts=facts(case.latest_submission))
        return _show(request, case, RevisionForm(case, track=case.track, is_checked=False))
    shown, wanted = (_track(case, request.POST.get(name)) for name in ("track", "go"))
    typed = RevisionForm.typed(request.POST, shown)
    if request.POST.get("go") in Track.values:  # the other track's page, with what was typed so far
        return _show(request, case, RevisionForm(case, typed, track=wanted, is_checked=False))
    return _send(request, case, RevisionForm(case, typed, track=shown, files=request.FILES))


def _track(case, named: str | None) -> str:
    """A 提案 stays one; a 相談 may become one here."""
    return Track.PROPOSAL if case.is_proposal or named == Track.PROPOSAL else Track.CONSULTATION


def _send(request, case, form):
    sending = Sending(request.POST)
    if not (form.is_valid() & sending.is_valid()):
        return _show(request, case, form, sending=sending)
    if limits.exceeded(request, "reply"):
        return limits.too_many(request)
    seen, letter = sending.cleaned_data["seen"], sending.cleaned_data["letter"]
    try:
        sent = revising.revise(case, key=sending.code, seen=seen, letter=letter, **form.for_service())
    except Stale as refusal:
        form = form.rebased(seen)
        form.add_error(None, str(refusal))
        beside = form.beside_the_latest()
        return _show(request, case, form, status=409, seen=form.latest.version, beside=beside)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _show(request, case, form, status=409)
    if sent is None:
        return _show(request, case, form, notice=NOTHING_NEW)
    messages.success(request, TAKEN.format(version=sent.version))
    return redirect("public:receipt")


def _show(request, case, form, *, sending=None, seen=None, status=200, **context):
    """The page; a version or a letter that came in between is known only once it has been told."""
    if sending and sending.errors:
        form.add_error(None, next(iter(sending.errors.values()))[0])
    latest = form.latest if form else case.latest_submission
    posted = "" if sending and "seen" in sending.errors else request.POST.get("seen")
    known = None if status == 409 or (sending and "letter" in sending.errors) else request.POST.get("letter")
    context |= {
        "proposal": case,
        "latest": latest,
        "papers": case.attachments.all(),
        "form": form,
        "sending": Sending(
            initial={"seen": seen or posted or latest.version, "letter": known or newest(case)}
        ),
    }
    return render(request, "proposals/revise.html", context, status=status)

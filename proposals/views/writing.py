"""Writing a draft: its parts, the page that shows everything once more, and sending it."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from cityhall import csrf, limits
from cityhall.files import serve
from cityhall.refusal import NotAllowed
from cityhall.templatetags.zama import clock, short_date, wareki
from proposals import visit
from proposals.files import download_of
from proposals.forms import stamps, words
from proposals.forms.propose import CONFIRM, FORMS, LATE, Whole, address_of, parts_of, steps, title_of
from proposals.forms.start import ErrandForm, ResumeForm
from proposals.models import Track
from proposals.services import attachments, drafts
from proposals.views.propose import already_sent, in_hand, lost, show_start, with_draft

SWITCH = {"propose": Track.PROPOSAL, "consult": Track.CONSULTATION}
OUTDATED = "ほかの画面で書き直されています。内容をもう一度お確かめのうえ、送ってください。"
BEGUN_AGAIN = "前の下書きが見つからなかったため、いま書いた文を新しい下書きに保存しました。"
NOT_KEPT = "下書きが見つからないため、自動では保存できません。「保存して次へ進む」を押してください。"


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def part(request, part):
    """Who is writing: one part of the form. Whatever was typed is kept before anything else happens."""
    if part not in FORMS or part == CONFIRM:
        raise Http404
    draft = in_hand(request)
    if draft is None:
        return _begin_again(request, part) if request.method == "POST" else lost(request)
    if draft.sent_as:
        return already_sent(request, draft)
    if request.method == "POST":
        return _take(request, draft, part)
    form = FORMS[part](draft.answers, track=draft.track, is_checked=_is_mending(request))
    return _show(request, draft, part, form)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
@with_draft
def confirm(request, draft):
    """Who is about to send: everything once more, what is agreed to, and the button."""
    is_sending = request.method == "POST" and request.POST.get("go") == "send"
    if draft.sent_as:
        return _sent_again(request, draft) if is_sending else already_sent(request, draft)
    if is_sending:
        return _send(request, draft)
    if request.method == "POST":
        return _take(request, draft, CONFIRM)
    return _show(request, draft, CONFIRM, _unchecked(draft, CONFIRM))


@require_safe
@with_draft
def draft_file(request, draft, name):
    """Who is writing: a file of the own draft; anybody else's is not there."""
    return serve(download_of(get_object_or_404(draft.attachments, name=name)))


def csrf_failure(request, reason=""):
    """A form that came too late: the public form is shown again with every word in it (settings)."""
    place = request.resolver_match
    if place.view_name == "public:propose":
        errand, resume = ErrandForm(initial=request.POST.dict()), ResumeForm(initial=request.POST.dict())
        return show_start(request, errand=errand, resume=resume, notice={"title": LATE}, status=403)
    is_ours = place.view_name in ("public:propose_part", "public:propose_confirm")
    number = place.kwargs.get("part", CONFIRM)
    draft = in_hand(request) if is_ours and number in FORMS else None
    if draft is None or draft.sent_as:
        return csrf.failure(request, reason)
    typed = _typed(request, number, draft)
    return _show(request, draft, number, _unchecked(draft, number, typed), notice=LATE, status=403)


# --- keeping what was typed -------------------------------------------------


def _take(request, draft, part):
    """Keep what was typed, then do what the button says."""
    go, typed = request.POST.get("go", ""), _typed(request, part, draft)
    try:
        draft = drafts.save(draft, typed, track=SWITCH.get(go))
    except NotAllowed as refusal:
        return _refuse(request, draft, part, typed, refusal)
    if go == "keep":
        saved = f"{wareki(draft.saved_at)} {clock(draft.saved_at)}"
        until = short_date(draft.kept_until)
        return _keep(request, JsonResponse({"saved": saved, "until": until}))
    refusals = _take_files(request, draft)
    form = FORMS[part](draft.answers, track=draft.track, is_checked=not refusals or go == "next")
    if refusals or (go == "next" and not form.is_valid()):
        form.refuse("papers" if "papers" in form.fields else None, refusals)
        return _show(request, draft, part, form, is_answer=True)
    return _keep(request, redirect(_where_to(request, draft, part, go)))


def _typed(request, part, draft) -> dict:
    """What the page asked: another tab may have changed the track since."""
    shown = request.POST.get("track")
    return FORMS[part].typed(request.POST, shown if shown in Track.values else draft.track)


def _keep(request, response):
    return visit.keep_draft(response, visit.draft_code(request))


def _refuse(request, draft, part, typed, refusal):
    if request.POST.get("go") == "keep":
        return JsonResponse({"wrong": str(refusal)}, status=409)
    form = _unchecked(draft, part, typed)
    form.refuse(None, [str(refusal)])
    return _show(request, draft, part, form, is_answer=True, status=409)


def _begin_again(request, part):
    """The draft is gone, the words are here: they become a draft of their own."""
    if request.POST.get("go") == "keep":
        return JsonResponse({"wrong": NOT_KEPT}, status=404)
    if limits.exceeded(request, "draft"):
        return limits.too_many(request)
    track = Track.PROPOSAL if request.POST.get("track") == Track.PROPOSAL else Track.CONSULTATION
    draft, code = drafts.start(track)
    typed = FORMS[part].typed(request.POST, track)
    try:
        drafts.save(draft, typed)
    except NotAllowed as refusal:
        return visit.keep_draft(_refuse(request, draft, part, typed, refusal), code)
    messages.warning(request, BEGUN_AGAIN)
    return visit.keep_draft(redirect(address_of(part)), code)


def _take_files(request, draft) -> list[str]:
    """Add and take off files; a sentence for each that was refused."""
    if name := request.POST.get("remove", "").replace("\0", ""):  # PostgreSQL is asked for no NUL
        attachments.remove_from_draft(draft, name)
    uploads = request.FILES.getlist("papers")
    if any([limits.exceeded(request, "upload") for _ in uploads]):  # each counts: reading one takes its time
        return ["書類が続けて届いています。しばらく待ってから、もう一度加えてください。"]
    return attachments.attach_all_to_draft(draft, uploads)


def _where_to(request, draft, part, go) -> str:
    """The page after this button; after mending something, back to the last page."""
    way = parts_of(draft.track)
    if go == "later":
        return "public:propose_later"
    if go == "next":
        return address_of(CONFIRM if _is_mending(request) else min(n for n in [*way, CONFIRM] if n > part))
    if go == "back":
        return address_of(max((n for n in way if n < part), default=1))
    if part not in way:
        return address_of(CONFIRM)
    return request.get_full_path() + ("" if go in SWITCH else "#files")


def _is_mending(request) -> bool:
    return request.GET.get("back") == "confirm"


# --- showing ----------------------------------------------------------------


def _unchecked(draft, part, typed=None):
    return FORMS[part](draft.answers | (typed or {}), track=draft.track, is_checked=False)


def _show(request, draft, part, form, *, status=200, **more):
    """A part or the last page; `more`: `notice`, `stamp`, `is_answer` (to a press: errors first)."""
    code = visit.draft_code(request)
    context = {
        "form": form,
        "draft": draft,
        "code": code,
        "mark": visit.mark_of(code),
        "part": part,
        "steps": steps(draft.track, part),
        "title": title_of(part, draft.track),
        "is_mending": _is_mending(request),
        **more,
    }
    if part == CONFIRM:
        whole = Whole(draft)
        context |= {
            "stamp": more.get("stamp") or stamps.new(draft),
            "wrong": whole.wrong(form),
            "sections": whole.sections(),
            "notices": words.NOTICES,
        }
    if part in (3, CONFIRM):
        context["papers"] = draft.attachments.all()
    page = "propose_confirm" if part == CONFIRM else "propose_part"
    return render(request, f"proposals/{page}.html", context, status=status)


# --- sending ----------------------------------------------------------------


def _send(request, draft):
    """One case a draft; what a machine may have written is held for the desk, never dropped."""
    stamp, typed = request.POST.get("stamp", ""), FORMS[CONFIRM].typed(request.POST, draft.track)
    form, whole = FORMS[CONFIRM](typed, track=draft.track), Whole(draft)
    code = stamps.code_of(stamp, draft)
    notice = OUTDATED if stamps.is_outdated(stamp, draft) else "" if code else LATE
    status = 200
    if form.is_valid() and whole.is_valid and not notice:
        try:
            held = _is_doubtful(request, stamp, draft)
            case = drafts.send(draft, **whole.columns(form), code=code, is_held=held)
            return visit.hand_over(redirect("public:sent"), *case)
        except NotAllowed as refusal:
            form.refuse(None, [str(refusal)])
            status = 409
    try:
        drafts.save(draft, typed)
    except NotAllowed:  # sent or forgotten meanwhile
        now = in_hand(request)
        return already_sent(request, now) if now and now.sent_as else lost(request)
    stamp = "" if notice else stamp
    return _show(request, draft, CONFIRM, form, notice=notice, stamp=stamp, status=status, is_answer=True)


def _is_doubtful(request, stamp, draft) -> bool:
    is_filled, is_quick = bool(request.POST.get(stamps.TRAP)), stamps.is_too_quick(stamp, draft)
    return limits.exceeded(request, "submit") or is_filled or is_quick


def _sent_again(request, draft):
    """A second press, or back and once more: the same case, and its code if this page was given it."""
    case = drafts.sent_before(draft, code=stamps.code_of(request.POST.get("stamp", ""), draft))
    return visit.hand_over(redirect("public:sent"), *case)

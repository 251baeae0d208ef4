"""Proposing: where one begins or goes on, and the pages after saving and after sending."""

from functools import wraps

from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cityhall import csrf, limits
from proposals import visit
from proposals.forms import words
from proposals.forms.propose import Whole, address_of
from proposals.forms.start import ErrandForm, ResumeForm
from proposals.models import Draft, Theme, Track
from proposals.services import drafts
from proposals.views.pages import FLOW


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def propose(request):
    """Anybody: 相談 or 提案; sending it begins a draft, or opens the one whose code is typed in."""
    if request.method != "POST":
        return show_start(request)
    if request.POST.get("go") == "resume":
        return _resume(request)
    errand = ErrandForm(request.POST)
    if not errand.is_valid():
        return show_start(request, errand=errand)
    if limits.exceeded(request, "draft"):
        return limits.too_many(request)
    _, code = drafts.start(errand.cleaned_data["track"], theme=errand.cleaned_data["theme"])
    return visit.keep_draft(redirect(address_of(1)), code)


def _resume(request):
    if limits.exceeded(request, "resume"):
        return limits.too_many(request)
    form = ResumeForm(request.POST)
    if not form.is_valid():
        return show_start(request, resume=form)
    response = redirect(address_of(Whole(form.draft).first_open()))
    return visit.keep_draft(response, drafts.as_written(form.cleaned_data["code"]))


def show_start(request, *, errand=None, resume=None, status=200, **more):
    """The start page; `more` may be a `notice` and what was `typed` on a page that cannot take it."""
    draft = in_hand(request)
    theme = _wanted_theme(request)
    wish = {"track": Track.PROPOSAL, "theme": theme.number} if theme else {}
    context = {
        "errand": errand or ErrandForm(initial=wish),
        "resume": resume or ResumeForm(),
        "theme": theme,
        "notices": words.NOTICES,
        "code": visit.draft_code(request),
        **more,
    }
    if draft and not draft.sent_as:
        context |= {"draft": draft, "go_on": address_of(Whole(draft).first_open())}
    return render(request, "proposals/propose.html", context, status=status)


def _wanted_theme(request) -> Theme | None:
    """The trouble the visitor came from, by its title or number."""
    wanted = request.GET.get("theme")
    named = Q(title=wanted) | Q(number=wanted)
    return Theme.objects.open_on(timezone.localdate()).filter(named).first() if wanted else None


# --- the draft in hand ----------------------------------------------------


def in_hand(request) -> Draft | None:
    """The draft of this browser, sent or not."""
    code = visit.draft_code(request)
    return drafts.open_draft(code) if code else None


def with_draft(view):
    """Give the view the draft of this browser; where there is none, the start page says so kindly."""

    @wraps(view)
    def found(request, **named):
        draft = in_hand(request)
        return view(request, draft, **named) if draft else lost(request)

    return found


def lost(request):
    """There is no draft: what may have happened, and what one can do."""
    notice = {
        "title": "書きかけの下書きが、このブラウザーには見つかりません",
        "text": "残す期限が過ぎたか、クッキーが消えたようです。下書き番号の控えがあれば、続きから書けます。",
    }
    return show_start(request, notice=notice, status=404, **_given_back(request))


def already_sent(request, draft: Draft):
    """What stood in this draft was sent: how to see it, and how to begin anew."""
    notice = {
        "title": f"この下書きは、{draft.sent_as.number} として受け付けています",
        "text": "書き直しや取り下げは、受付番号で開くページからできます。",
        "is_sent": True,
    }
    return show_start(request, notice=notice, status=409, **_given_back(request))


def _given_back(request) -> dict:
    """What was typed, to be copied; from here it cannot be sent."""
    return csrf.given_back(request) | {"again": False} if request.method == "POST" else {}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@with_draft
def later(request, draft):
    """Who goes on another time: the code, and until when; POST closes the draft on this browser."""
    if draft.sent_as:
        return already_sent(request, draft)
    if request.method == "POST":
        return visit.forget(redirect("public:propose"), visit.DRAFT)
    context = {
        "draft": draft,
        "code": visit.draft_code(request),
        "go_on": address_of(Whole(draft).first_open()),
    }
    return render(request, "proposals/propose_later.html", context)


@never_cache
@require_safe
def sent(request):
    """Who has just sent something: the number, and the code this one time."""
    number, code = visit.handed(request) or ("", "")
    page = render(request, "proposals/sent.html", {"number": number, "code": code, "flow": FLOW})
    return visit.shown_once(request, page, visit.HANDED)

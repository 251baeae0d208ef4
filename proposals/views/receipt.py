"""Following one's proposal: the receipt page behind number and code, and what is done on it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityhall import files, limits
from cityhall.panels import panels_for
from cityhall.refusal import NotAllowed
from proposals import receipt, visit
from proposals.files import download_of, letter_of
from proposals.forms.receipt import ReplyForm, WithdrawForm
from proposals.letter_paper import letter_html
from proposals.models import Announcement
from proposals.proposed import facts
from proposals.services import conversation, withdrawing
from proposals.services.announcing import newest
from proposals.told import told
from proposals.views import door
from proposals.views.door import for_guests

SENT = "送りました。窓口が読みます。"
WISH_TAKEN = "取り下げのお申し出を受け取りました。窓口からご連絡します。"
WITHDRAWN = "提案を取り下げました。"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def receipt_page(request):
    """Who holds number and code: where the case stands, who acts next, what was written."""
    return door.enter(request) if request.method == "POST" else _page(request)


@for_guests
def _page(request, guest):
    return _show(request, guest)


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def reply(request, guest):
    """A proposer's words and papers to the desk."""
    if request.method != "POST":
        return redirect("public:receipt")
    if limits.exceeded(request, "reply"):
        return limits.too_many(request)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, guest, form=form)
    words = {name: form.cleaned_data[name] for name in ("text", "papers")}
    try:
        conversation.reply(guest.case, key=form.key, seen=form.seen, letter=form.letter, **words)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _show(request, guest, form=form, status=409)
    messages.success(request, SENT)
    return redirect("public:receipt")


def _show(request, guest, *, form=None, status=200):
    case, now = guest.case, told(guest.case)
    written = list(case.messages.newest_first())
    letters = list(case.announcements.numbered().order_by("-pk"))
    last = letters[0].pk if letters else 0
    letter = letters.pop(0) if letters and receipt.shows_letter(now) else None
    seen = written[0].pk if written else 0
    questions = receipt.questions_of(now, written)
    if form:
        form.renew(seen, last, with_key=status == 409)
    else:
        form = ReplyForm(initial={"stamp": ReplyForm.new_stamp(seen, last)})
    context = {
        "proposal": case,
        "guest": guest,
        "told": now,
        "strip": receipt.strip(case, now, questions),
        "stages": receipt.stages(now),
        "letter": letter,
        "sheet": _sheet(letter),
        "lines": receipt.lines(written, letters),
        "form": form.word(now, is_asked=bool(questions)),
        "nothing_to_do": receipt.NOTHING_TO_DO,
        "panels": panels_for("public.receipt", case, request.user),
        "strip_panels": panels_for("public.receipt.strip", case, request.user),
    }
    return render(request, "proposals/receipt.html", context, status=status)


def _sheet(letter) -> str:
    """Where the letter is printed; one told before there were official letters is only read."""
    return reverse("public:receipt_letter", args=[letter.running]) if letter and letter.dated_on else ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def withdraw(request, guest):
    """The sender alone: what stays and what goes, then the proposal is taken back."""
    if not guest.is_first:
        raise Http404
    form = WithdrawForm(
        request.POST or None, initial={"stamp": WithdrawForm.new_stamp(0, newest(guest.case))}
    )
    if not form.is_valid():
        return _show_withdrawal(request, guest.case, form)
    words = {"note": form.cleaned_data["note"], "key": form.key, "letter": form.letter}
    try:
        is_over = withdrawing.withdraw(guest.case, **words)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _show_withdrawal(request, guest.case, form, status=409)
    messages.success(request, WITHDRAWN if is_over else WISH_TAKEN)
    return redirect("public:receipt")


def _show_withdrawal(request, case, form, *, status=200):
    case.refresh_from_db()
    if form.is_bound:
        form.renew(0, newest(case) if status == 409 else getattr(form, "letter", 0))
    context = {"proposal": case, "told": told(case), "form": form}
    return render(request, "proposals/receipt_withdraw.html", context, status=status)


@require_safe
@for_guests
def copy(request, guest):
    """The printable copy (控え) of all that was sent."""
    case = guest.case
    sent = list(case.submissions.select_related("theme").prefetch_related("attachments").order_by("version"))
    context = {
        "proposal": case,
        "facts": facts(sent[-1]),
        "contact": receipt.contact_of(case),
        "sent": sent,
        "lines": receipt.lines(case.messages.newest_first(), case.announcements.all()),
    }
    return render(request, "proposals/receipt_copy.html", context)


@require_safe
@never_cache
def paper(request, name):
    """A paper of the case, back to who sent it; a dangerous one never. Others are led to the door."""
    guest = visit.guest(request)
    if guest is None:
        return redirect("public:receipt")
    return files.serve(download_of(get_object_or_404(guest.case.attachments, name=name)))


@require_safe
@never_cache
def letter(request, running):
    """The proposer's official letter on A4, to read and to print. Others are led to the door."""
    found = _letter(request, running)
    if found is None:
        return redirect("public:receipt")
    pdf = reverse("public:receipt_letter_pdf", args=[running]) if found.paper else ""
    back = reverse("public:receipt")
    return HttpResponse(letter_html(found, is_on_screen=True, back=back, pdf=pdf))


@require_safe
@never_cache
def letter_pdf(request, running):
    """The same as PDF, once it is made."""
    found = _letter(request, running)
    if found is None:
        return redirect("public:receipt")
    return files.serve(letter_of(found) if found.paper else None)


def _letter(request, running) -> Announcement | None:
    """The letter of the case this browser has opened; none where none is open."""
    guest = visit.guest(request)
    letters = Announcement.objects.select_related("proposal").numbered().exclude(dated_on=None)
    return get_object_or_404(letters, proposal=guest.case, running=running) if guest else None


@require_POST
def close_receipt(request):
    """Who is done looking: the page closes on this browser."""
    return visit.forget(redirect("public:landing"), visit.LOOKING)

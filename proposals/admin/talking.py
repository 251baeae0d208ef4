"""What goes between the desk and a proposer: questions, news, what was read, whom to call."""

from django.contrib import messages

from cityhall import readings
from cityhall.refusal import NotAllowed
from proposals.admin.case import show
from proposals.admin.case_forms import CaseForms
from proposals.admin.deeds import Ask, on_its_own, on_the_page
from proposals.admin.pages import back_to, page
from proposals.desk import case as words
from proposals.forms.desk.contact import ContactForm
from proposals.models import ReplyText
from proposals.services import contacts, conversation, triage
from proposals.views.section.days import Today

EDIT = Ask(
    "連絡先を直す",
    "提案者から聞いた連絡先に書き直します。ひらいたことと、どこを直したかが記録に残ります（中身は残りません）。",
    "書き直す",
    "contact",
)
KEPT = ("kind", "text", "due_on", "department", "is_settled")


def talk(request, number):
    """The desk asks the proposer something, or tells how things go."""
    return on_the_page(request, number, "talk", _write, "提案者に送りました。")


def _write(case, *, asks: bool, **given):
    return conversation.ask(case, **given) if asks else conversation.tell(case, **given)


def texts(request, number):
    """The desk puts a 文例 into what it writes to the proposer; what was typed before stays with it."""
    case = words.find_case(number)
    chosen = ReplyText.objects.filter(is_used=True, pk=_number(request.POST.get("choose", ""))).first()
    if chosen is None:
        typed = [(name, value) for name, value in request.POST.items() if name in KEPT]
        found = ReplyText.objects.filter(is_used=True)
        return page(request, "texts", title="文例を選ぶ", case=case, texts=found, typed=typed)
    form = CaseForms(case, Today()).talk()
    form.initial |= {name: request.POST[name] for name in KEPT if name in request.POST}
    form.initial["text"] = "\n\n".join(filter(None, [request.POST.get("text", "").strip(), chosen.text]))
    return show(request, number, talk=form, is_writing=True)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


def read(request, number):
    """The desk has read what the proposer did; on a page older than that it is shown first."""
    case = words.find_case(number)
    if request.method == "POST":
        try:
            triage.mark_read(case, by=request.user, version=_number(request.POST.get("version", "")) or 0)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
    return back_to(case, "now")


def contact(request, number):
    """The desk opens whom to call, on this page alone; that it did is written down first."""
    if request.method != "POST":
        return back_to(number)
    case = words.find_case(number)
    readings.note(request.user, "連絡先", case.number)
    return show(request, number, contact=words.contact(case), has_opened=True)


def edit_contact(request, number):
    """The desk writes down whom to call now; the page shows it, so that it was opened is written down."""
    case = words.find_case(number)
    form = ContactForm(request.POST if request.method == "POST" else None, proposal=case)
    if not form.is_bound:
        readings.note(request.user, "連絡先", case.number, "直すため")
    return on_its_own(request, case, form, contacts.change_contact, EDIT)

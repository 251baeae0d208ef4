"""What goes between the desk and a proposer: questions, news, what was read, whom to call."""

from django.contrib import messages

from cityhall import readings
from cityhall.refusal import NotAllowed
from proposals.admin.case import show
from proposals.admin.deeds import on_the_page
from proposals.admin.pages import back_to
from proposals.desk import case as words
from proposals.services import conversation, triage


def talk(request, number):
    """The desk asks the proposer something, or tells how things go."""
    return on_the_page(request, number, "talk", _write, "提案者に送りました。")


def _write(case, *, asks: bool, **given):
    return conversation.ask(case, **given) if asks else conversation.tell(case, **given)


def read(request, number):
    """The desk has read what the proposer did; on a page older than that it is shown first."""
    case = words.find_case(number)
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            triage.mark_read(case, by=request.user, version=int(version) if version.isdecimal() else None)
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

"""Deeds of the desk on what sections answered and want to know."""

from django.http import Http404
from django.utils import timezone

from cityhall import closures
from proposals.admin.deeds import Ask, on_its_own, on_the_page
from proposals.desk.case import find_case
from proposals.forms.desk import SectionQuestionForm
from proposals.models import SectionQuestion
from proposals.services import asking_for, hearings
from proposals.services.conversation import OPEN_DAYS_TO_REPLY


def consolidate(request, number):
    """The desk puts the sections' answers together in words."""
    done = "まとめを記録し、返事をした課に知らせました。"
    return on_the_page(request, number, "consolidate", hearings.consolidate, done, anchor="sheets")


def question(request, number, wish):
    """The desk puts a section's question to the proposer, or answers it."""
    case = find_case(number)
    asked = SectionQuestion.objects.select_related("hearing__proposal", "hearing__department", "asked_by")
    found = asked.filter(hearing__proposal=case, pk=wish).first()
    if found is None:
        raise Http404
    named = "課の名前を出してよい" if found.may_name else "課の名前は出さない"
    words = Ask(
        f"{found.hearing.department}からのお尋ね",
        f"{found.asked_by.name}さん（{named}）。言葉を整えて、提案者に尋ねます。",
        "この内容で記録する",
        "sheets",
    )

    def deed(case, *, by, puts, **told):
        (asking_for.put if puts else asking_for.tell)(found, by=by, **told)

    due_on = closures.due_after(timezone.localdate(), OPEN_DAYS_TO_REPLY)
    form = SectionQuestionForm(request.POST or None, question=found, due_on=due_on)
    return on_its_own(request, case, form, deed, words)

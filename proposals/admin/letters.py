"""お知らせの届き具合: the letters of a case, and what became of each."""

from django.views.decorators.http import require_safe

from cityhall.models import OutgoingMail
from proposals.admin.pages import page
from proposals.desk.case import find_case

SHOWN = 200


@require_safe
def letters(request, number):
    """The desk reads which letters of a case have arrived, the newest first."""
    case = find_case(number)
    found = OutgoingMail.objects.filter(about=case.number).defer("body")[:SHOWN]
    return page(request, "letters", title="お知らせの届き具合", case=case, letters=found)

"""見立てを書く: one reader of the desk goes through the nine viewpoints, not seeing the other's."""

from django.contrib import messages

from proposals.admin.pages import back_to, page
from proposals.desk.case import find_case
from proposals.desk.readings import marks_of, readings
from proposals.forms.desk.viewpoints import AssessForm
from proposals.services import assessing


def viewpoints(request, number):
    """The desk reads a case; a third reader is told that two have."""
    case = find_case(number)
    seen = readings(case, request.user, marks_of(case))
    if not seen["may_read"]:
        messages.warning(request, assessing.ENOUGH if case.is_open else "この案件は終わっています。")
        return back_to(case, "viewpoints")
    form = AssessForm(request.POST or None, proposal=case, reader=request.user)
    if request.method == "POST" and form.carry_out(assessing.assess, by=request.user):
        messages.success(request, "見立てを残しました。")
        return back_to(case, "viewpoints")
    return page(request, "viewpoints", title="見立てを書く", case=case, form=form, seen=seen)

"""A section's own gain in a match, in its own words."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from proposals.forms.section.gain import GainForm
from proposals.introduced import parties
from proposals.services import matches
from proposals.views.section import room


@role_required(Role.MEMBER, Role.HEAD)
def gain(request, number, section):
    """A member or head of a section that takes part writes what is good for the own section."""
    case = room.find_case(request.user, number)
    department = next((one for one in room.sections_of(request.user) if one.pk == section), None)
    party = case.match.parties.filter(department=department).first() if hasattr(case, "match") else None
    if department is None or party is None:
        raise Http404
    form = GainForm(room.sent(request), initial={"gain": party.gain})
    if form.is_bound and form.is_valid():
        try:
            matches.write_section_gain(case, department, by=request.user, gain=form.cleaned_data["gain"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "書き残しました。窓口と、ほかの方にも見えます。")
            return redirect("section:case", number)
    told = {"case": case, "form": form, "department": department, "party": party}
    return room.show(request, "gain", match=case.match, parties=parties(case), **told)

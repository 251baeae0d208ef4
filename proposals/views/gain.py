"""組み合わせ on the receipt page: the proposer writes the own gain."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cityhall import limits
from cityhall.refusal import NotAllowed
from proposals.forms.receipt import GainForm
from proposals.introduced import parties
from proposals.models import Match, MatchParty
from proposals.services import matches
from proposals.views.door import for_guests


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def gain(request, guest):
    """Who holds number and code writes what is good for the own side; without a match, back to the page."""
    match = Match.objects.filter(proposal=guest.case).first()
    if match is None:
        return redirect("public:receipt")
    if request.method == "POST" and limits.exceeded(request, "reply"):
        return limits.too_many(request)
    own = match.parties.get(role=MatchParty.Role.PROPOSER)
    form = GainForm(request.POST if request.method == "POST" else None, initial={"gain": own.gain})
    if form.is_bound and form.is_valid():
        try:
            matches.write_own_gain(guest.case, gain=form.cleaned_data["gain"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "書き残しました。窓口と、ごいっしょの方にも見えます。")
            return redirect("public:receipt")
    told = {"proposal": guest.case, "match": match, "own": own, "parties": parties(guest.case), "form": form}
    return render(request, "proposals/receipt_gain.html", told)

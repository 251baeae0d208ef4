"""担当の引継ぎ: first a look at what would go from whom to whom, then one press."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect

from cityhall.models import User
from cityhall.refusal import NotAllowed
from proposals import queries
from proposals.admin.pages import page
from proposals.forms.desk.handover import HandoverForm
from proposals.models import Proposal, Todo
from proposals.services import handover


def hand_over(request):
    """The desk hands all of one officer's cases to another: it looks first (`go` look), then does it (do)."""
    form = _form(request)
    is_sent, burden = request.method == "POST" and form.is_valid(), None
    if is_sent:
        person, to = form.people()
        if request.POST.get("go") == "do" and _done(request, form, person, to):
            return redirect("admin:proposals_proposal_handover")
        burden = handover.burden_of(person)
    return page(request, "handover", title="担当の引継ぎ", form=form, burden=burden)


def _done(request, form: HandoverForm, person: User, to: User) -> bool:
    given = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
    try:
        count = handover.hand_over(person, to=to, by=request.user, **given)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"{person}の案件{count}件とすることを、{to}へ引き継ぎました。")
    return True


def _form(request) -> HandoverForm:
    data = request.POST if request.method == "POST" else None
    chosen = {"person": request.GET.get("from", "")}
    return HandoverForm(data, initial=chosen, holders=_holders(), officers=list(queries.desk_officers()))


def _holders() -> list[tuple[int, str]]:
    """Whoever looks after something now, at the desk or gone."""
    cases = Proposal.objects.open().filter(officer__isnull=False).values("officer")
    todos = Todo.objects.open().filter(owner__isnull=False).values("owner")
    people = User.objects.filter(Q(pk__in=cases) | Q(pk__in=todos)).order_by("name")
    return [(person.pk, str(person)) for person in people]

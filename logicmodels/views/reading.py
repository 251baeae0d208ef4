"""Reading logic models, and beginning one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from logicmodels import services
from logicmodels.beginnings import beginnings
from logicmodels.forms import StartForm
from logicmodels.models import LogicModel
from logicmodels.views import room
from proposals.models import Proposal


@require_safe
@role_required(*room.READERS)
def index(request):
    """Staff: the models this person may see, newest first."""
    models = LogicModel.objects.visible_to(request.user).with_editions()
    return room.show(request, "index", models=models)


@require_safe
@role_required(*room.READERS)
def model(request, number):
    """The desk works on the draft here, a section reads it; a manager is led to what was fixed."""
    found = room.find_model(request.user, number)
    if not room.sees_drafts(request.user):
        return redirect(found.editions.latest("number"))
    return room.show_draft(request, "model", found)


@role_required(Role.DESK)
def new(request):
    """The desk begins a model, of a case or without one: from nothing, a pattern or a finished TRIP."""
    number = request.GET.get("case", "")
    proposal = get_object_or_404(Proposal, number=number) if number else None
    form = StartForm(
        request.POST or None,
        nothing="提案の言葉から" if proposal else "何もないところから",
        offered=beginnings(request.user),
        initial={"title": proposal.title if proposal else ""},
    )
    if form.is_valid():
        title = form.cleaned_data["title"]
        try:
            return redirect(services.start(proposal, by=request.user, title=title, content=form.content))
        except NotAllowed as refusal:
            form.add_error("title", str(refusal))
    return room.show(request, "new", form=form, proposal=proposal)


@require_POST
@role_required(Role.DESK)
def start(request):
    """The desk begins the draft of a case, filled from its form; a second press leads to the first draft."""
    typed = request.POST.get("case", "").replace("\0", "")  # PostgreSQL is asked for no NUL
    proposal = get_object_or_404(Proposal, number=typed)
    begun = LogicModel.objects.filter(proposal=proposal).first()
    try:
        return redirect(begun or services.start(proposal, by=request.user))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(proposal)

"""道すじ as its proposer reads it: the edition the desk showed them, and their yes to it."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cityhall.refusal import NotAllowed
from logicmodels import services
from logicmodels.chain import Chain
from logicmodels.diagram import BESIDE
from logicmodels.models import Agreement
from logicmodels.views import room
from proposals.views.door import for_guests

ANOTHER = "道すじが新しくなりました。下の内容をもう一度読んでから、「合意する」を押してください。"


def shown_to(proposal) -> Agreement | None:
    """The newest edition the proposer was asked to agree to, with their answer; None before that."""
    asked = Agreement.objects.filter(side=Agreement.Side.PROPOSER, edition__model__proposal=proposal)
    waits = Exists(Agreement.objects.waiting().filter(pk=OuterRef("pk")))
    return asked.annotate(waits=waits).select_related("edition__model").order_by("-edition__number").first()


def _find(guest) -> Agreement:
    if asked := shown_to(guest.case):
        return asked
    raise Http404


@require_safe
@for_guests
def route(request, guest):
    """The proposer reads the picture, and the same in words."""
    asked = _find(guest)
    content = asked.edition.content
    told = {"content": content, "chain": Chain(content), "picture": room.picture(content, BESIDE)}
    return render(request, "logicmodels/route.html", told | {"proposal": guest.case, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def agree(request, guest):
    """The proposer agrees to what the page showed; a second press changes nothing."""
    if request.method != "POST":
        return redirect("route:read")
    edition = _find(guest).edition
    try:
        if request.POST.get("edition") != str(edition.number):
            raise NotAllowed(ANOTHER)
        services.agree_as_proposer(edition)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "合意を受け取りました。ありがとうございます。")
    return redirect("route:read")

"""Booklets: the desk picks models, sees how far the worker is, and takes the PDF."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from logicmodels import services
from logicmodels.forms import BookletForm
from logicmodels.models import Booklet, LogicModel
from logicmodels.views import room
from logicmodels.views.papers import LOOK_AGAIN

SHOWN = 5  # of the newest orders


@role_required(Role.DESK)
def booklets(request):
    """The desk picks models for one PDF, and sees what became of the last orders."""
    form = BookletForm(
        request.POST or None, models=LogicModel.objects.visible_to(request.user).with_editions()
    )
    if form.carry_out(partial(services.order_booklet, by=request.user)):
        return redirect("logicmodels:booklets")
    ordered = list(Booklet.objects.select_related("by")[:SHOWN])
    page = room.show(request, "booklets", form=form, ordered=ordered)
    if not form.is_bound and any(one.is_on_its_way for one in ordered):
        page["Refresh"] = str(LOOK_AGAIN)
    page["Cache-Control"] = "no-store"
    return page


@require_POST
@role_required(Role.DESK)
def retry_booklet(request, token):
    """The desk has a failed or lost booklet made again."""
    booklet = get_object_or_404(Booklet, token=token)
    try:
        services.retry_booklet(booklet, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("logicmodels:booklets")

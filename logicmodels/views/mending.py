"""The one-click mends of the advice."""

from functools import partial

from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from logicmodels import services
from logicmodels.views import room


@require_POST
@role_required(Role.DESK)
def mend(request, number):
    """The desk lets a finding be mended; undone like any other deed."""
    draft = room.find_draft(request.user, number)
    deed = partial(services.mend, draft, finding=request.POST.get("finding", ""), by=request.user)
    return room.press(
        request, draft, deed, f"{draft.get_absolute_url()}#advice", "助言のとおりに直しました。"
    )

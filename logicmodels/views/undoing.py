"""Back to what the draft was before the last deed, and forward again."""

from django.views.decorators.http import require_POST

from cityhall.access import role_required
from cityhall.models import Role
from logicmodels import services
from logicmodels.comparing import compare, in_short
from logicmodels.models import EarlierDraft
from logicmodels.views import room

Way = EarlierDraft.Way
DONE = {Way.BACK: "元に戻しました", Way.FORWARD: "やり直しました"}


@require_POST
@role_required(Role.DESK)
def go(request, number, way):
    """The desk goes one deed back or forward, and reads what that changed."""
    draft = room.find_draft(request.user, number)
    before = draft.as_content()

    def deed(version):
        earlier = services.go(draft, way, by=request.user, version=version)
        told = in_short(compare(before, earlier.content))
        whose = f"（{earlier.by}の操作）" if earlier.by and earlier.by != request.user else ""
        return f"{DONE[way]}：{told}{whose}。"

    return room.press(request, draft, deed, draft.get_absolute_url())

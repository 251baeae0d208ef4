"""Two states of a model side by side, and a state as a file; number 0 is the draft as it stands."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from cityhall.access import role_required
from logicmodels.comparing import compare
from logicmodels.exports import KINDS
from logicmodels.views import room


@require_safe
@role_required(*room.READERS)
def compare_states(request, number, first, second):
    """Staff: what came, went and was changed from one state to another, with both pictures."""
    before, after = (room.find_state(request.user, number, one) for one in (first, second))
    return room.show(
        request,
        "compare",
        model=after.model,
        before=before,
        after=after,
        changes=compare(before.content, after.content),
        pictures=[(state, room.picture(state.content)) for state in (before, after)],
    )


@require_safe
@role_required(*room.READERS)
def export(request, number, edition, kind):
    """Staff take a state out as JSON, SVG or a table of its indicators."""
    found = room.find_state(request.user, number, edition)
    if kind not in KINDS:
        raise Http404
    make, content_type, _ = KINDS[kind]
    name = f"{number}_{found.label}.{kind}"
    return FileResponse(BytesIO(make(found)), as_attachment=True, filename=name, content_type=content_type)

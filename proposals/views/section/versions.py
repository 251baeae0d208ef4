"""What changed from one version of a proposal to another, for whoever works on the case."""

from django.http import Http404

from cityhall.access import role_required
from proposals.differences import differences
from proposals.models import Proposal
from proposals.views.section import room
from proposals.workflow import Kind

# what may change besides the words
BESIDES = {
    "track": "相談から提案になりました",
    "contact": "連絡先が変わりました",
    "papers": "書類が加わりました",
}
NOT_FOR_SECTIONS = ("representative",)


@role_required(*room.READERS)
def versions(request, number):
    """A section with a part in the case, the managers and the desk see what the proposer rewrote."""
    case = room.find_case(request.user, number)
    return room.show(
        request, "versions", case=case, **compared(case, request.GET, leaving_out=NOT_FOR_SECTIONS)
    )


def compared(case: Proposal, chosen, *, leaving_out=()) -> dict:
    """Two versions side by side, the last two unless others are chosen (`from`, `to`); 404 for none there."""
    sent = {one.version: one for one in _all(case)}
    last = max(sent, default=0)
    to = _number(chosen, "to", last)
    before = _number(chosen, "from", to - 1)
    if to not in sent or before not in {0, *sent}:
        raise Http404
    rows = differences(sent.get(before), sent[to], leaving_out=leaving_out)
    return {
        "versions": list(sent.values()),
        "before": sent.get(before),
        "after": sent[to],
        "changed": [row for row in rows if row.is_changed],
        "same": [row for row in rows if not row.is_changed],
        "besides": _besides(case, before, to),
    }


def _all(case: Proposal):
    return case.submissions.select_related("theme").prefetch_related("attachments").order_by("version")


def _number(chosen, name: str, default: int) -> int:
    typed = chosen.get(name) or str(default)
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
        raise Http404
    return int(typed)


def _besides(case: Proposal, before: int, to: int) -> list[str]:
    records = case.records.filter(kind=Kind.REVISED)
    told = {name for r in records if before < r.data["version"] <= to for name in r.data["changed"]}
    return [words for name, words in BESIDES.items() if name in told]

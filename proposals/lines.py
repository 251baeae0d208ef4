"""A case as the desk's long lists show it: the values of a line, where a whole case costs twice as much."""

from collections import namedtuple

from django.db.models import QuerySet

from proposals.models import Proposal
from proposals.models.standing import Shown
from proposals.paging import ORDER
from proposals.queries import with_turn

# fmt: off
COLUMNS = {
    name: name for name in (
        "number", "title", "step", "step_entered_on", "due_on", "due_rank", "holder", "holder_since_on",
        "news", "is_held", "track", "verdict", "announced_on", "waiting_for",
    )
} | {name: f"{name}__name" for name in ("organization", "department", "officer")}
# fmt: on


class Line(Shown, namedtuple("Values", COLUMNS)):
    """What a line shows of a case; organisation, section and officer are their names."""

    __slots__ = ()


def lines(cases: QuerySet[Proposal], most: int) -> list[Line]:
    """The first of these cases in the order of the lists."""
    found = with_turn(cases).order_by(*ORDER).values_list(*COLUMNS.values())[:most]
    return [Line(*values) for values in found]

"""A case in one line of a list: where it stands, whose turn it is, for how long."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from cityhall import calendar
from proposals.desk import pieces
from proposals.desk.links import case_url
from proposals.models import Proposal
from proposals.views.section.days import Due, Today
from proposals.workflow import LEFT_EARLY, Holder, Step

ALL_SIX_DONE = 7
STEPS, HOLDERS = dict(Step.choices), {"": "", **dict(Holder.choices)}


@dataclass(frozen=True)
class Row:
    """What a line of the desk's lists shows of a case (made by `queries.with_turn`)."""

    case: Proposal
    turn: str
    held_days: int
    due: Due

    @property
    def place(self) -> int:
        """Which of the six bars is now; a case past the sixth has them all, one that left early none."""
        if self.case.step_number:
            return self.case.step_number
        return 0 if self.case.step in (*LEFT_EARLY, Step.MERGED) else ALL_SIX_DONE

    @property
    def left(self) -> str:
        """2日超過, きょう, あと4日: the unit is said once under the list."""
        if not self.case.is_open or self.due.on is None:
            return ""
        if self.due.is_late:
            return f"{-self.due.left}日超過" if self.due.left else "超過"
        return f"あと{self.due.left}日" if self.due.left else "きょう"

    @property
    def url(self) -> str:
        return case_url(self.case)

    @property
    def bars(self) -> SafeString:
        return pieces.bars(self.place, STEPS[self.case.step])

    @property
    def turn_mark(self) -> str:
        return pieces.turn(self.case.holder, self.turn) if self.turn else ""

    @property
    def left_mark(self) -> SafeString:
        return pieces.left(self.left, self.due.is_late)

    @property
    def tags(self) -> SafeString:
        case = self.case
        return pieces.tags(case.is_to_announce, case.news, case.is_held, case.is_proposal)

    @property
    def held(self) -> str:
        return f"{self.held_days}日" if self.case.is_open else ""


def rows(cases: Iterable[Proposal], today: Today) -> list[Row]:
    """The lines of a list."""
    return [row(case, today) for case in cases]


def row(case: Proposal, today: Today) -> Row:
    held = calendar.count_open_days(case.holder_since_on, today.day, today.closed)
    return Row(case, turn_of(case), held, today.due(case.due_on))


def turn_of(case: Proposal) -> str:
    """Who acts next, by name: all sections whose answer is out, the head of the one in charge, the desk …"""
    if case.holder == Holder.DECIDER:
        return f"{case.department}の所属長"
    if case.holder == Holder.SECTION:
        return case.waiting_for or str(case.department)
    return HOLDERS[case.holder]

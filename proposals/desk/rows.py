"""A case in one line of a list: where it stands, whose turn it is, for how long."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from cityhall import calendar
from proposals.desk import pieces
from proposals.desk.links import case_url
from proposals.lines import Line
from proposals.models import Proposal
from proposals.views.section.days import Due, Today
from proposals.workflow import LEFT_EARLY, Holder, Step

ALL_SIX_DONE = 7
STEPS, HOLDERS = dict(Step.choices), {"": "", **dict(Holder.choices)}


@dataclass(frozen=True)
class Row:
    """What a line of the desk's lists shows of a case (read by `lines`, or made by `queries.with_turn`).

    `ticks` is the id of the form that takes its tick; empty where it has none.
    """

    case: Proposal | Line
    turn: str
    held_days: int
    due: Due
    ticks: str = ""

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
    def held(self) -> str:
        return f"{self.held_days}日" if self.case.is_open else ""

    @property
    def drawn(self) -> SafeString:
        case = self.case
        return pieces.line(
            self.ticks,
            number=case.number,
            url=case_url(case.number),
            title=case.title,
            tags=pieces.tags(case.is_to_announce, case.news, case.is_held, case.is_proposal),
            organization=case.organization,
            bars=pieces.bars(self.place, STEPS[case.step]),
            turn=pieces.turn(case.holder, self.turn) if self.turn else "",
            held=self.held,
            left=pieces.left(self.left, self.due.is_late),
            officer=case.officer or "",
        )


def rows(cases: Iterable[Proposal | Line], today: Today, ticks: str = "") -> list[Row]:
    """The lines of a list."""
    return [row(case, today, ticks) for case in cases]


def row(case: Proposal | Line, today: Today, ticks: str = "") -> Row:
    held = calendar.count_open_days(case.holder_since_on, today.day, today.closed)
    return Row(case, turn_of(case), held, today.due(case.due_on), ticks)


def turn_of(case: Proposal | Line) -> str:
    """Who acts next, by name: all sections whose answer is out, the head of the one in charge, the desk …"""
    if case.holder == Holder.DECIDER:
        return f"{case.department}の所属長"
    if case.holder == Holder.SECTION:
        return case.waiting_for or str(case.department)
    return HOLDERS[case.holder]

"""A case as somebody of the desk has opened it: what several pieces of its page need is read once."""

from functools import cached_property

from django.utils import timezone

from proposals import introduced
from proposals.clock import Clock
from proposals.desk import case as words
from proposals.desk import reading
from proposals.desk.rows import Row, row
from proposals.desk.talk import messages_of, papers_of
from proposals.models import Attachment, Message, ProposalRecord, Submission
from proposals.models.clocks import clocks
from proposals.queries import Offered
from proposals.views.section.days import Today


class Opened:
    """The case, who looks at it and when; a piece of the page is made of this."""

    def __init__(self, number: str, user):
        self.case = words.find_case(number, **Offered.beside(timezone.localdate()), **introduced.beside())
        self.offered = Offered.read(self.case)
        self.today, self.user = Today(self.offered.closed), user

    @cached_property
    def row(self) -> Row:
        return row(self.case, self.today)

    @cached_property
    def clocks(self) -> dict[int, Clock]:
        """How the sheets stand in time, by their keys."""
        told = {"messages": self.messages, "records": self.records}
        return clocks(self.case.hearings.all(), today=self.today.day, closed=self.today.closed, **told)

    @cached_property
    def records(self) -> list[ProposalRecord]:
        """The whole trail, newest first."""
        return reading.records_of(self.case)

    @cached_property
    def sent(self) -> list[Submission]:
        """The proposer's words, oldest version first."""
        return list(self.case.submissions.select_related("theme").order_by("version"))

    @property
    def told(self) -> str:
        """What the proposer wants to do, in the words sent last."""
        return self.sent[-1].overview if self.sent else ""

    @cached_property
    def papers(self) -> list[Attachment]:
        return papers_of(self.case)

    @cached_property
    def messages(self) -> list[Message]:
        """All that desk and proposer wrote, newest first."""
        return messages_of(self.case)

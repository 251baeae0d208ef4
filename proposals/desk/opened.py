"""A case as somebody of the desk has opened it: what several pieces of its page need is read once."""

from functools import cached_property

from proposals.desk import case as words
from proposals.desk import reading
from proposals.desk.rows import Row, row
from proposals.desk.talk import papers_of
from proposals.models import Attachment, ProposalRecord
from proposals.views.section.days import Today


class Opened:
    """The case, who looks at it and when; a piece of the page is made of this."""

    def __init__(self, number: str, user):
        self.case, self.today, self.user = words.find_case(number), Today(), user

    @cached_property
    def row(self) -> Row:
        return row(self.case, self.today)

    @cached_property
    def records(self) -> list[ProposalRecord]:
        """The whole trail, newest first."""
        return reading.records_of(self.case)

    @cached_property
    def papers(self) -> list[Attachment]:
        return papers_of(self.case)

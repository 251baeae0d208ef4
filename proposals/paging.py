"""Pages of a long list by the place where the last one ended: no page costs more than the first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from proposals.models import Proposal

PAGE = 50
# nearest due first, closed cases last
ORDER = [F("due_on").asc(nulls_last=True), "-step_entered_on", "number"]


@dataclass(frozen=True)
class Place:
    """Where a page of a list ended."""

    due: date | None
    entered: date
    number: str

    @classmethod
    def of(cls, case: Proposal) -> "Place":
        return cls(case.due_on, case.step_entered_on, case.number)

    def __str__(self) -> str:
        return f"{self.due or ''}_{self.entered}_{self.number}"

    @classmethod
    def read(cls, words: str) -> "Place":
        """The place an address names; refuses (ValueError) what is none."""
        due, entered, number = words.split("_")
        return cls(date.fromisoformat(due) if due else None, date.fromisoformat(entered), number)


def after(cases: QuerySet[Proposal], place: Place) -> QuerySet[Proposal]:
    """The cases that follow a place in ORDER, without counting those before it."""
    tie = Q(step_entered_on__lt=place.entered) | Q(step_entered_on=place.entered, number__gt=place.number)
    if place.due is None:
        return cases.filter(tie, due_on__isnull=True)
    return cases.filter(Q(due_on__gt=place.due) | Q(due_on__isnull=True) | Q(tie, due_on=place.due))

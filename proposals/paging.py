"""Pages of a long list by the place where the last one ended: no page costs more than the first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from proposals.models import Proposal
from proposals.models.lists import ENDED, IN_LISTS

PAGE = 50
ORDER = IN_LISTS  # nearest due first, then what is due on no day, ended cases last


@dataclass(frozen=True)
class Place:
    """Where a page of a list ended."""

    due: date
    entered: date
    number: str

    @classmethod
    def of(cls, case: Proposal) -> "Place":
        return cls(case.due_rank, case.step_entered_on, case.number)

    def __str__(self) -> str:
        return f"{self.due}_{self.entered}_{self.number}"

    @classmethod
    def read(cls, words: str) -> "Place":
        """The place an address names; refuses (ValueError) what is none."""
        due, entered, number = words.split("_")
        return cls(date.fromisoformat(due), date.fromisoformat(entered), number)


def after(cases: QuerySet[Proposal], place: Place) -> QuerySet[Proposal]:
    """The cases that follow a place in ORDER, read from the index without those before it."""
    tie = Q(step_entered_on__lt=place.entered) | Q(step_entered_on=place.entered, number__gt=place.number)
    if place.due == ENDED:  # so stand most cases of an old desk
        return cases.filter(tie, due_rank=ENDED, step_entered_on__lte=place.entered)
    return cases.filter(Q(due_rank__gt=place.due) | tie, due_rank__gte=place.due)

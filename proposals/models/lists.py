"""In which order the lists show the cases, as a column and its indexes, so that no page is sorted."""

from datetime import date, timedelta

from django.db.models import Case, CharField, DateField, GeneratedField, Index, Value, When
from django.db.models.functions import Coalesce, Substr

from proposals.workflow import OPEN

# what is open and due on no day stands after all that is, and before what has ended
ENDED = date.max
NO_DAY = ENDED - timedelta(1)
MARK = 3  # signs
IN_LISTS = ["due_rank", "-step_entered_on", "number"]
TO_ANNOUNCE = ["verdict", "announced_on"]
NARROWED = (
    "step", "holder", "officer", "department", "year_mark", "is_held", "verdict", "category", "track",
)  # fmt: skip
INDEXES = [
    Index(fields=IN_LISTS, name="proposal_in_lists"),
    *(Index(fields=[name, *IN_LISTS], name=f"proposal_{name}_in_lists") for name in NARROWED),
]


def year_mark() -> GeneratedField:
    """R8-, R10: how the numbers of a 年度 begin; the database keeps it."""
    return GeneratedField(
        verbose_name="番号の年度",
        expression=Substr("number", 1, MARK),
        output_field=CharField(max_length=MARK),
        db_persist=True,
    )


def due_rank() -> GeneratedField:
    """The day by which a case stands in the lists; the database keeps it."""
    place = Case(
        When(step__in=OPEN, then=Coalesce("due_on", Value(NO_DAY))),
        default=Value(ENDED),
        output_field=DateField(),
    )
    return GeneratedField(
        verbose_name="一覧での日", expression=place, output_field=DateField(), db_persist=True
    )

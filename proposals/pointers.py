"""断らないルール: no case rests without a next pointer; which ones do, and what each lacks."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from cityhall.models import Posting, Role
from proposals.models import Origin, Proposal, Seed, Todo
from proposals.models.proposal import UNTOLD
from proposals.workflow import OPEN, Step

SEEDED = [Step.IN_PRINCIPLE, Step.DECLINED]  # a "no" of the section waits for something
SENT_ON = [Step.OUT_OF_SCOPE, Step.HANDED_ON]
RESTING = [*SEEDED, *SENT_ON, Step.WITHDRAWN]  # what may be taken up again, so a seed may be planted


def without_next(cases: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Of these cases: open ones without holder or due day, closed ones without their pointer.

    A verdict nobody has told yet is still the desk's turn; what the old ledger closed is left in peace.
    """
    adrift = Q(step__in=OPEN) & (Q(holder="") | Q(due_on__isnull=True))
    placeless = Q(step__in=SENT_ON, next_place="")
    seedless = Q(step__in=SEEDED) & ~UNTOLD & ~_waits()
    closed = (placeless | seedless) & ~Q(origin=Origin.LEDGER)
    return cases.filter(adrift | closed | Q(step=Step.MERGED, merged_into__isnull=True))


def _waits() -> Exists:
    """A seed that waits, or one that came and that somebody has to look at."""
    seeds = Seed.objects.waiting().filter(proposal=OuterRef("pk"))
    todos = Todo.objects.open().filter(proposal=OuterRef("pk"), origin=Todo.Origin.SEED)
    return Exists(seeds) | Exists(todos)


def lacks(case: Proposal) -> str:
    """What a case of `without_next` lacks, in words."""
    if case.step in SEEDED:
        return "いつまた見るか（種の条件）"
    if case.step in SENT_ON:
        return "次の窓口"
    if case.step == Step.MERGED:
        return "まとめ先"
    return "期限" if case.holder else "いまの番"


def needs_seed(case: Proposal) -> bool:
    """Whether this "no" has nothing yet that brings it back."""
    return case.step in SEEDED and not case.seeds.waiting().exists()


def without_officer(cases: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Open cases whose officer is not at the desk any more."""
    at_the_desk = Posting.objects.in_force().filter(role=Role.DESK, user=OuterRef("officer"))
    return cases.open().filter(officer__isnull=False).exclude(Exists(at_the_desk))

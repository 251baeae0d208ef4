"""まとめてすること: ordered once, done case by case, each whole or not at all, its outcome told."""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed
from proposals.models import DeskJob, Proposal
from proposals.services import exporting, many, plans

State, Kind = DeskJob.State, DeskJob.Kind
AT_ONCE = 50  # cases done while the page waits; more are the worker's
SLICE = 50  # cases between two tellings of how far it is
MOST = {Kind.EXPORT: 200_000}
MOST_CASES = 2000  # of a deed that writes
STUCK = timedelta(minutes=10)  # longer than a slice, or a whole file, takes
KEPT = timedelta(days=7)  # how long the outcome can be looked at
FILE_KEPT = timedelta(days=1)


def order(kind: str, cases: list[str], *, by, token: str, asked: dict) -> DeskJob:
    """Have it done to these cases, once for the token; a second press finds the first.

    Refuses anybody but the desk, no case at all, and more than can be looked over.
    """
    access.require(by, Role.DESK)
    if not cases:
        raise NotAllowed("案件が選ばれていません。")
    if len(cases) > (most := MOST.get(kind, MOST_CASES)):
        raise NotAllowed(f"一度に{most:,}件までです。絞り込んでください。")
    try:
        with transaction.atomic():
            return DeskJob.objects.create(kind=kind, cases=cases, by=by, token=token, asked=asked)
    except IntegrityError:
        return DeskJob.objects.get(token=token, by=by)


def waiting() -> QuerySet[DeskJob]:
    """Those ordered, and those whose worker went away."""
    is_left = Q(state=State.DOING, touched_at__lt=timezone.now() - STUCK)
    return DeskJob.objects.filter(Q(state=State.QUEUED) | is_left)


def carry_on(pk: int) -> bool:
    """Do the next slice; True while cases are left. Safe twice: what is done already refuses itself."""
    if not waiting().filter(pk=pk).update(state=State.DOING, touched_at=timezone.now()):
        return False
    job = DeskJob.objects.select_related("by").get(pk=pk)
    doing = exporting.carry_on if job.kind == Kind.EXPORT else _next_slice
    doing(job, tell=_teller(job))
    job.state = State.DONE if job.done >= len(job.cases) else State.QUEUED
    job.save()
    return job.state == State.QUEUED


def forget_old() -> int:
    """Nightly: finished files go after a day, outcomes after a week; returns how many went."""
    now = timezone.now()
    DeskJob.objects.filter(ordered_at__lt=now - FILE_KEPT).exclude(data=b"").update(data=b"")
    return DeskJob.objects.filter(ordered_at__lt=now - KEPT).delete()[0]


def _teller(job: DeskJob) -> Callable[[int], None]:
    def tell(done: int) -> None:
        DeskJob.objects.filter(pk=job.pk).update(done=done, touched_at=timezone.now())

    return tell


def _next_slice(job: DeskJob, *, tell: Callable[[int], None]) -> None:
    asked = plans.read(job.asked)
    numbers = job.cases[job.done : job.done + SLICE]
    for number in numbers:
        job.outcomes.append([number, *_one(job, number, asked)])
        job.done += 1
        DeskJob.objects.filter(pk=job.pk).update(
            done=job.done, outcomes=job.outcomes, touched_at=timezone.now()
        )


def _one(job: DeskJob, number: str, asked: plans.Asked) -> tuple[bool, str]:
    """Whether it was done, and whom it reached or why it was not."""
    case = plans.with_all(Proposal.objects).filter(number=number).first()
    if case is None:
        return False, "案件が見つかりません。"
    try:
        return True, "・".join(many.carry_out(job.kind, case, asked, by=job.by))
    except NotAllowed as refusal:
        return False, str(refusal)

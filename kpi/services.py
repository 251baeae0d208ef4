"""The tables of kpi, worked out anew from the trail; run as often as you like, the result is the same."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, islice

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from cityhall import calendar, closures
from kpi.models import Bookmark, Stay
from proposals.models import Proposal, ProposalRecord
from proposals.spans import spans

AT_ONCE = 500
OVERLAP = timedelta(minutes=15)  # a slow transaction shows its numbers late: read those again


def rebuild_stays(*, today: date) -> int:
    """Work out the stays of all cases up to today; returns how many cases were read."""
    cases = Proposal.objects.order_by("pk").values_list("pk", flat=True).iterator()
    return sum(_rebuild(some, today=today) for some in _in_turn(cases))


def take_in_records(*, today: date) -> int:
    """Work out anew the stays of cases with records newer than the bookmark; returns how many cases."""
    with transaction.atomic():
        bookmark = Bookmark.objects.get_or_create(reader="stays")[0]
        bookmark = Bookmark.objects.select_for_update().get(pk=bookmark.pk)
        newer = Q(pk__gt=bookmark.last_record)
        if bookmark.taken_at:
            newer |= Q(entered_at__gte=bookmark.taken_at - OVERLAP)
        last = ProposalRecord.objects.aggregate(last=Max("pk"))["last"] or 0
        cases = ProposalRecord.objects.filter(newer).order_by().values_list("subject", flat=True).distinct()
        taken = sum(_rebuild(some, today=today) for some in _in_turn(sorted(cases)))
        bookmark.last_record, bookmark.taken_at = last, timezone.now()
        bookmark.save()
    return taken


def stays_from_records(cases: Iterable[int], *, today: date) -> list[Stay]:
    """The stays of these cases as their records tell them, not saved."""
    numbers = calendar.ordinals(closures.closed_days())
    records = ProposalRecord.objects.filter(subject__in=cases).order_by("subject_id", "sequence")
    return [
        Stay(
            proposal_id=case,
            place=place,
            step=span.step,
            holder=span.holder,
            entered_on=span.entered_on,
            left_on=span.left_on,
            open_days=numbers[span.left_on or today] - numbers[span.entered_on],
        )
        for case, trail in groupby(records, key=lambda record: record.subject_id)
        for place, span in enumerate(spans(trail, until=today), start=1)
    ]


@transaction.atomic
def _rebuild(cases: list[int], *, today: date) -> int:
    """Replace the stays of these cases, held still meanwhile so that two runs cannot mix."""
    list(Proposal.objects.select_for_update().filter(pk__in=cases).order_by("pk").values_list("pk"))
    stays = stays_from_records(cases, today=today)
    Stay.objects.filter(proposal__in=cases).delete()
    Stay.objects.bulk_create(stays)
    return len(cases)


def _in_turn(cases: Iterable[int]) -> Iterator[list[int]]:
    cases = iter(cases)
    while some := list(islice(cases, AT_ONCE)):
        yield some

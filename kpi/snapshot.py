"""What was known of all cases on a day: the trail folded up to it, once for all figures."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from cityhall import calendar, closures
from proposals.facts import FACT_KINDS, Facts
from proposals.models import ProposalRecord
from trips.models import TripCase


@dataclass(frozen=True)
class KnownCase:
    """A case as it was known on the day (その日の案件)."""

    pk: int
    facts: Facts

    @property
    def has_started_coordination(self) -> bool:
        return self.facts.coordination_started_on is not None


@dataclass(frozen=True)
class Snapshot:
    """All cases as known on a day (その日の姿); doubles and cases sent elsewhere are in none, on any day."""

    on: date

    @cached_property
    def proposals(self) -> list[KnownCase]:
        """The 提案 received by the day, of any fiscal year."""
        return [case for case in self.cases if case.facts.received_on]

    @cached_property
    def cases(self) -> list[KnownCase]:
        """相談 and 提案 alike."""
        return [
            KnownCase(pk, _fold(told)) for pk, told in groupby(self._told(), key=attrgetter("subject_id"))
        ]

    @cached_property
    def projects_of(self) -> dict[int, list[int]]:
        """The TRIPs of each case; history and those cancelled before their start by the day left out."""
        travels = defaultdict(list)
        live = TripCase.objects.filter(trip__is_history=False).exclude(trip__cancelled_on__lte=self.on)
        for case, trip in live.values_list("proposal", "trip"):
            travels[case].append(trip)
        return travels

    def open_days(self, first: date, last: date) -> int:
        """開庁日(first, last), with the city's own closed days."""
        return self._ordinals[last] - self._ordinals[first]

    @cached_property
    def _ordinals(self) -> dict[date, int]:
        return calendar.ordinals(closures.closed_days())

    def _told(self) -> Iterator:
        """The effective records that tell facts, in the order of the fold (`proposals.facts.fold`)."""
        return (
            ProposalRecord.objects.effective()
            .filter(kind__in=FACT_KINDS, on__lte=self.on)
            .filter(subject__merged_on__isnull=True, subject__transferred_on__isnull=True)
            .order_by("subject_id", "on", "place")
            .values_list("subject_id", "kind", "on", "verdict", "acted_as", named=True)
            .iterator()
        )


def _fold(told: Iterator) -> Facts:
    facts = Facts()
    for record in told:
        facts.take(record)
    return facts

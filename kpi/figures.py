"""The five figures of a year together, and the way they are written as JSON (ledger.md)."""

import json
from dataclasses import dataclass
from datetime import date

from kpi import measures, queries
from kpi.snapshot import KnownCase, Snapshot


@dataclass(frozen=True)
class Figures:
    """The five figures of a fiscal year as known on a day (五つの指標), with the cases behind each."""

    year: int
    on: date
    known: Snapshot
    days: queries.Days
    adoption: queries.Adoption
    projects: list[list[KnownCase]]
    activities: queries.Activities
    left_out: queries.LeftOut

    @property
    def received(self) -> list[KnownCase]:
        return self.adoption.received

    def as_dict(self) -> dict:
        """As `manage.py kpi --format json` prints them, keys in that order."""
        return {
            "fiscal_year": self.year,
            "as_of": self.on.isoformat(),
            "received": len(self.received),
            "days_to_coordination": self._days(),
            "adoption": self._adoption(),
            "projects": len(self.projects),
            "activities": {"count": self.activities.count, "times": self.activities.times},
        }

    def _days(self) -> dict:
        days = self.days
        return {
            "n": len(days.cases),
            "median_open": measures.plain(measures.median(days.open_days)),
            "mean_open": measures.half_up(measures.mean(days.open_days), 2),
            "p90_open": measures.nearest_rank(days.open_days, 90),
            "median_calendar": measures.plain(measures.median(days.calendar_days)),
            "waiting": [open_days for open_days, _ in days.waiting],
            "withdrawn_before": len(days.withdrawn_before),
        }

    def _adoption(self) -> dict:
        received, adopted, decided = (
            len(cases) for cases in (self.received, self.adoption.adopted, self.adoption.decided)
        )
        return {
            "adopted": adopted,
            "received": received,
            "decided": decided,
            "rate": measures.half_up(measures.share(adopted, received), 4),
            "rate_of_decided": measures.half_up(measures.share(adopted, decided), 4),
        }


def figures_of(year: int, on: date) -> Figures:
    """The five figures of the year as known on the day; refuses nothing, an empty year gives zeros."""
    known = Snapshot(on)
    return Figures(
        year=year,
        on=on,
        known=known,
        days=queries.days_to_coordination(known, year),
        adoption=queries.adoption(known, year),
        projects=queries.projects(known, year),
        activities=queries.activities(known, year),
        left_out=queries.left_out(known, year),
    )


def as_json(figures: Figures) -> str:
    """The figures as JSON, broken into the lines of the golden set."""
    written = json.dumps(figures.as_dict())
    for key, indent in (("days_to_coordination", 1), ("waiting", 26), ("adoption", 1), ("projects", 1)):
        written = written.replace(f', "{key}"', f',\n{" " * indent}"{key}"')
    return written

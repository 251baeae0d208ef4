"""The town as a picture: how many do what, where; drawn from what may be named, so that gaps can be seen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils import timezone

from proposals import town
from proposals.models import Resource
from proposals.models.resource import FRESH

LABEL, COLUMN, ROW, HEAD, BAR = 168, 148, 34, 56, 14
LONGEST = 96  # of a bar; beside it stands its number


@dataclass(frozen=True)
class Mark:
    """A cell of the picture (欄): how many do this here, and how many of them nobody confirmed of late."""

    activity: str
    area: str
    count: int
    stale: int
    x: int
    y: int
    width: int
    stale_width: int

    @property
    def number_x(self) -> int:
        return self.x + self.width + 6

    @property
    def stale_x(self) -> int:
        return self.x + self.width - self.stale_width

    @property
    def query(self) -> str:
        """The list it counts, as an address narrows it."""
        return urlencode({"activity": self.activity, "area": self.area, "state": "shown"})


def picture() -> dict:
    """Rows of activities with a mark for each area, sized for drawing, in one statement."""
    told = Resource.objects.shown().values_list("activities", "areas", "verified_on")
    all_here, old_here, by_area, by_activity = _counted(told.iterator(5000))
    most = max(all_here.values(), default=1)
    rows = [
        {
            "activity": activity,
            "total": by_activity[activity],
            "y": HEAD + n * ROW,
            "marks": [_mark(activity, area, n, all_here, old_here, most) for area in town.AREAS],
        }
        for n, activity in enumerate(town.ACTIVITIES)
    ]
    heads = [
        {"area": area, "place": n, "x": LABEL + n * COLUMN, "total": by_area[area]}
        for n, area in enumerate(town.AREAS)
    ]
    width, height = LABEL + len(town.AREAS) * COLUMN, HEAD + len(town.ACTIVITIES) * ROW
    return {"rows": rows, "heads": heads, "width": width, "height": height, "total": sum(by_area.values())}


def _counted(told: Iterable[tuple[list, list, date | None]]) -> tuple[Counter, Counter, Counter, Counter]:
    since = timezone.localdate() - FRESH
    all_here, old_here, by_area, by_activity = Counter(), Counter(), Counter(), Counter()
    for activities, areas, verified_on in told:
        cells = [(activity, area) for activity in activities for area in areas]
        all_here.update(cells)
        by_area.update(areas)
        by_activity.update(activities)
        if verified_on is None or verified_on < since:
            old_here.update(cells)
    return all_here, old_here, by_area, by_activity


def _mark(activity: str, area: str, n: int, all_here: Counter, old_here: Counter, most: int) -> Mark:
    count, stale = all_here[activity, area], old_here[activity, area]
    width = max(4, round(LONGEST * count / most)) if count else 0
    old = round(width * stale / count) if count else 0
    x = LABEL + town.AREAS.index(area) * COLUMN
    return Mark(activity, area, count, stale, x, HEAD + n * ROW, width, old)

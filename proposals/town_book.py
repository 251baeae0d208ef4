"""資源の本: who does what in an area, on A4 to print and to carry; nobody's address or telephone.

Only those that may be named stand in it, as they are now: the PDF is named by what stands on it, so that one
who leaves is in no file that can still be opened.
"""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from cityhall import papers
from cityhall.context import office
from proposals import town
from proposals.models import Resource

FOLDER, STYLE = "town-books", "town-book"


def paper_html(place: int, *, is_on_screen: bool = False) -> str:
    """The whole book of an area; on screen it takes its style from the site, in the PDF it brings it."""
    area = town.AREAS[place]
    shown = Resource.objects.shown().filter(areas__names=area).select_related("organization")
    entries = list(shown.order_by("organization__name_key", "pk"))
    told = {
        "area": area,
        "place": place,
        "on": timezone.localdate(),
        "chapters": _chapters(entries, area),
        "count": len(entries),
        "stale": sum(one.is_stale for one in entries),
        "office": office(),
        "is_on_screen": is_on_screen,
    }
    return render_to_string("proposals/town_book.html", told)


def _chapters(entries: list[Resource], area: str) -> list[dict]:
    """By activity: told in full under the first of its activities, named with the page under the others."""
    chapters = []
    for number, activity in enumerate(town.ACTIVITIES, start=1):
        here = [one for one in entries if activity in one.activities]
        if here:
            told = [_entry(one, area) for one in here if one.activities[0] == activity]
            named = [one for one in here if one.activities[0] != activity]
            chapters.append(
                {"key": number, "title": activity, "told": told, "named": named, "count": len(here)}
            )
    return chapters


def _entry(one: Resource, area: str) -> dict:
    lines = [
        ("ほかの分野", "、".join(one.activities[1:])),
        ("支援の形", "、".join(one.forms)),
        ("曜日・時間", one.days),
        ("場所", one.place),
        ("出せるもの", one.offers),
        ("求めるもの", one.wants),
        ("受けられる数", one.capacity),
        ("ほかの区域", "、".join(other for other in one.areas if other != area)),
    ]
    return {"one": one, "lines": [line for line in lines if line[1]]}


def place_of(place: int) -> Path:
    """Where the PDF of the book as it is today lies, once it is made."""
    return papers.place_of(FOLDER, place, paper_html(place), STYLE)


def print_pdf(place: int) -> bool:
    """Make the PDF of the book as it is today, unless it is there; raises NoPango where it cannot."""
    return papers.print_newest(FOLDER, place, paper_html(place), STYLE)


def forget() -> None:
    """Take all books off the disk: somebody in them may no longer be named."""
    for file in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*.pdf"):
        file.unlink(missing_ok=True)

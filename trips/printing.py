"""What of the journeys is printed: each kind of paper by its key, for one reader, as far as they may see."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cityhall import papers
from trips import playbook as playbooks
from trips import playbook_paper
from trips.lineage import paper as map_paper
from trips.lineage import scope


@dataclass(frozen=True)
class Printable:
    """One paper: its kind and key, its words, its style, the page it was ordered on."""

    kind: str
    key: str
    title: str
    size: str
    back: str
    style: str
    html: Callable[..., str]  # takes is_on_screen


def find(user, kind: str, key: str) -> Printable | None:
    """The paper under this key as this person sees it; None where nothing is."""
    return FINDERS[kind](user, key) if kind in FINDERS else None


def _map(user, key: str) -> Printable | None:
    found = scope.find(user, key)
    if found is None:
        return None

    def html(**told) -> str:
        return map_paper.paper_html(found, **told)

    title = f"旅の系譜図　{found.title}"
    return Printable("map", key, title, "A3", "trips:map", map_paper.STYLE, html)


def _playbook(user, key: str) -> Printable | None:
    book = playbooks.find(user, key)
    if book is None:
        return None

    def html(**told) -> str:
        return playbook_paper.paper_html(book, **told)

    return Printable(
        "playbook", key, f"旅の型　{book.trip}", "A4", "trips:playbook", playbook_paper.STYLE, html
    )


FINDERS = {"map": _map, "playbook": _playbook}


def place_of(user, paper: Printable) -> Path:
    """Where the PDF lies once it is made: readers see different things, so each has a folder."""
    return papers.place_of(f"journeys/{user.pk}", f"{paper.kind}_{paper.key}", paper.html(), paper.style)


def print_pdf(user, paper: Printable) -> bool:
    """Make the PDF unless it is there, in place of older ones; raises NoPango where it cannot."""
    return papers.print_newest(f"journeys/{user.pk}", f"{paper.kind}_{paper.key}", paper.html(), paper.style)

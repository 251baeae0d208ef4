"""What other floors may add to a page: the page asks by place, each app answers in its own `panels.py`."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

_PANELS: dict[str, list[Callable]] = defaultdict(list)


@dataclass(frozen=True)
class Panel:
    """A piece of a page: its title, the template that draws it, what the template needs, its order."""

    title: str
    template: str
    context: dict = field(default_factory=dict)
    order: int = 50
    anchor: str = ""


def panel(place: str):
    """Register a function `(subject, user) -> Panel | None` for a place such as "proposal.case"."""

    def register(function: Callable[..., Panel | None]):
        _PANELS[place].append(function)
        return function

    return register


def panels_for(place: str, subject, user) -> list[Panel]:
    """The panels of a place for this subject and this user, in their order."""
    found = (function(subject, user) for function in _PANELS[place])
    return sorted((p for p in found if p), key=lambda p: p.order)

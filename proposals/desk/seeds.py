"""種の条件 in words: of one case, and 種の庫, where what comes next stands first."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from cityhall.templatetags.zama import wareki
from proposals.desk.links import deed_url
from proposals.models import Proposal, Seed, Todo
from proposals.services.moves import ready
from proposals.services.seeds import in_words
from proposals.workflow import WORKFLOW

SHOWN = 200


@dataclass(frozen=True)
class Line:
    """A seed as a page shows it."""

    seed: Seed
    when: str
    state: str

    @property
    def is_waiting(self) -> bool:
        return self.seed.came_on is None and self.seed.dropped_on is None


def line(seed: Seed) -> Line:
    if seed.came_on:
        return Line(seed, in_words(seed), f"{wareki(seed.came_on)}にそろいました。{seed.came_by}")
    if seed.dropped_on:
        return Line(seed, in_words(seed), f"{wareki(seed.dropped_on)}に待つのをやめました")
    return Line(seed, in_words(seed), "待っています")


def lines(case: Proposal) -> list[Line]:
    """The seeds of a case, newest first."""
    return [line(seed) for seed in case.seeds.order_by("-pk").select_related("by")]


def reopening(case: Proposal) -> str:
    """Where the case is taken up again; empty where it cannot be."""
    row = next((row for row in WORKFLOW.from_step(case.step) if row.name == "reopen"), None)
    return deed_url(case, "move", "reopen") if row and not ready(case, row) else ""


def store() -> dict:
    """種の庫: those that came and wait for somebody to look, then those that wait, the next first."""
    came = Todo.objects.open().filter(origin=Todo.Origin.SEED).select_related("proposal", "owner")
    waiting = Seed.objects.waiting().order_by(F("on").asc(nulls_last=True), "pk")
    waiting = waiting.select_related("proposal__organization")
    return {
        "came": [{"todo": todo, "url": reopening(todo.proposal)} for todo in came[:SHOWN]],
        "waiting": [line(seed) for seed in waiting[:SHOWN]],
        "shown": SHOWN,
    }


def store_url() -> str:
    return reverse("admin:proposals_proposal_seeds")

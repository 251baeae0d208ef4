"""The facts of the picture: what happened (nodes), what led to what (edges), each edge with its record.

Nodes stand in one order, by day and then by what comes first on a day; an edge only ever runs forward in it,
so there is no loop.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db import models


class Mark(models.TextChoices):
    """What a mark of the picture stands for, in the order of things on one day."""

    MEETING = "meeting", "出会い"
    CASE = "case", "案件"
    TRIP = "trip", "旅のはじまり"
    HAPPENING = "happening", "出来事"
    DIRECT = "direct", "直接の成果"
    INDIRECT = "indirect", "間接の成果"
    LATENT = "latent", "潜在の成果"
    END = "end", "終わり"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Mark.MEETING: "人と人、団体と市が会った",
    Mark.CASE: "提案・相談が届いた",
    Mark.TRIP: "共創プロジェクトを開いた",
    Mark.HAPPENING: "途中で起きたこと",
    Mark.DIRECT: "新規事業・実証実験・サービス",
    Mark.INDIRECT: "関係人口・継続する関係・庁内連携",
    Mark.LATENT: "次の種・気づき・信頼",
    Mark.END: "ここで終わった",
}

# of one day: organisation, case, introduction, TRIP, who and what joins it, event, result, end
FIRST_ON_A_DAY = "ocitjperx"


@dataclass(frozen=True)
class Record:
    """By what one knows that something led to something: when, who says so, and the evidence."""

    said_on: str
    who: str
    evidence: str


@dataclass(frozen=True)
class Row:
    """One line of the picture (行): a TRIP, one strand of a TRIP, or a case that travels beside."""

    key: str
    title: str
    name: str = ""  # the number of a TRIP or case
    url: str = ""
    group: str = ""  # the TRIP it is a strand of
    trip: int | None = None
    is_fictional: bool = False


@dataclass(frozen=True)
class Node:
    """Something that happened on a day, on its row."""

    key: str
    mark: Mark
    on: date
    said_on: str
    text: str
    short: str
    row: str
    proof: Record
    trip: int | None = None
    is_unsure: bool = False  # nobody wrote down when
    url: str = ""
    about: tuple[str, ...] = ()  # organisations ("o7") it is about
    more: tuple[str, ...] = ()  # what came of it, in words

    @property
    def order(self) -> tuple:
        return self.on, FIRST_ON_A_DAY.index(self.key[0]), int(self.key[1:])


@dataclass(frozen=True)
class Edge:
    """One thing that led to a later one."""

    source: str
    target: str
    kind: str
    record: Record
    is_guess: bool = False
    is_band: bool = False  # the next thing on the same row


@dataclass(frozen=True)
class Graph:
    """Nodes in their order, edges that run forward in it, rows from top to bottom."""

    nodes: list[Node]
    edges: list[Edge]
    rows: list[Row]
    trips: list = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # what could not be drawn, since its days run backward

    @cached_property
    def by_key(self) -> dict[str, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def row_by_key(self) -> dict[str, Row]:
        return {row.key: row for row in self.rows}

    def row_of(self, node: Node) -> Row:
        return self.row_by_key[node.row]

    def words_of(self, node: Node) -> str:
        """What a node is found by."""
        row = self.row_of(node)
        return " ".join((node.text, node.short, *node.more, row.name, row.title, row.group))

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {node.key: n for n, node in enumerate(self.nodes, start=1)}

    @cached_property
    def into(self) -> dict[str, list[Edge]]:
        found = defaultdict(list)
        for edge in self.edges:
            found[edge.target].append(edge)
        return found

    @cached_property
    def out_of(self) -> dict[str, list[Edge]]:
        found = defaultdict(list)
        for edge in self.edges:
            found[edge.source].append(edge)
        return found

    def before(self, keys: Iterable[str]) -> set[str]:
        """These, and all that led to them."""
        return self._reached(keys, self.into, "source")

    def after(self, keys: Iterable[str]) -> set[str]:
        """These, and all that came of them."""
        return self._reached(keys, self.out_of, "target")

    def only(self, keys: set[str]) -> "Graph":
        """The part of the picture with these nodes."""
        nodes = [node for node in self.nodes if node.key in keys]
        edges = [edge for edge in self.edges if edge.source in keys and edge.target in keys]
        used = {node.row for node in nodes}
        return replace(self, nodes=nodes, edges=edges, rows=[row for row in self.rows if row.key in used])

    def around(self, keys: Iterable[str]) -> "Graph":
        """What led to these and what came of them."""
        keys = set(keys)
        return self.only(self.before(keys) | self.after(keys))

    def _reached(self, keys, beside, end) -> set[str]:
        found, waiting = set(), list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += [getattr(edge, end) for edge in beside[key]]
        return found

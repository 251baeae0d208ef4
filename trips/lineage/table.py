"""The same as the picture in words: the table beside it, and 図の読み方."""

from collections.abc import Callable

from cityhall.svg import BLUE, RULE, SUB
from trips.lineage.graph import Edge, Graph, Mark
from trips.lineage.marks import sign, stroke

LINES = (  # tone, width, dashes, name, words
    (SUB, 1.5, "", "つながり", "記録・出典がある"),
    (SUB, 1.5, "5 4", "推定", "前後関係からの推定"),
    (RULE, 1.5, "", "続き", "同じ旅・同じ流れの、次の出来事"),
    (BLUE, 3, "", "選んだ道", "選んだ出来事に至った道"),
)


def table(graph: Graph, shown: set[str], link: Callable[[str], str]) -> list[dict]:
    """One line a node, in the order of time: what, from what, to what, and by what one knows."""
    return [
        {
            "node": node,
            "number": graph.numbers[node.key],
            "row": graph.row_of(node),
            "link": link(node.key),
            "before": _ends(graph, graph.into[node.key], "source", link),
            "after": _ends(graph, graph.out_of[node.key], "target", link),
            "records": _records(graph, node),
        }
        for node in graph.nodes
        if node.key in shown
    ]


def _ends(graph: Graph, edges: list[Edge], end: str, link) -> list[dict]:
    keys = sorted({getattr(edge, end) for edge in edges}, key=graph.numbers.get)
    return [
        {"number": graph.numbers[key], "link": link(key), "words": graph.by_key[key].short} for key in keys
    ]


def _records(graph: Graph, node) -> list[str]:
    """By what one knows of it, and of each line that leads to it."""
    own = f"{node.proof.evidence}（{node.proof.who}）" if node.proof.who else node.proof.evidence
    told = [
        f"{graph.numbers[edge.source]}から：{edge.record.evidence}"
        for edge in graph.into[node.key]
        if not edge.is_band and edge.record.evidence != node.proof.evidence
    ]
    return [own, *told]


def legend(graph: Graph) -> list[dict]:
    """The marks that stand in the picture, and the lines."""
    used = {node.mark for node in graph.nodes}
    marks = [{"sign": sign(one), "name": one.label, "words": one.words} for one in Mark if one in used]
    lines = [
        {"sign": stroke(tone, wide, dash, name), "name": name, "words": words}
        for tone, wide, dash, name, words in LINES
    ]
    return [*marks, *lines]

"""Boxes of a draft and their indicators."""

from cityhall.refusal import NotAllowed
from logicmodels import content
from logicmodels.models import LogicModel, Node
from logicmodels.services.desk import at, drafting, save_or_refuse
from logicmodels.vocabulary import Column


def add_node(
    model: LogicModel, *, by, column: str, text: str, side: str = "", version: int | None = None
) -> Node:
    """Put a box at the foot of a column; refuses without words, and more than 200 boxes."""
    with drafting(model, by=by, version=version) as draft:
        if draft.nodes.count() >= content.NODE_LIMIT:
            raise NotAllowed(f"箱は{content.NODE_LIMIT}個までです。")
        last = draft.nodes.last()
        node = Node(model=draft, key=_free_key(draft), place=last.place + 1 if last else 1)
        return _filled(node, column=column, text=text, side=side)


def edit_node(node: Node, *, by, column: str, text: str, side: str = "", version: int | None = None) -> Node:
    """Change the words, the side or the column of a box; refuses a box without words."""
    with drafting(node.model, by=by, version=version):
        return _filled(_current(node), column=column, text=text, side=side)


def move_node(node: Node, *, by, is_up: bool, version: int | None = None) -> None:
    """Change places with the neighbour above or below in the column; at the end nothing happens."""
    with drafting(node.model, by=by, version=version) as draft:
        node = _current(node)
        column = list(draft.nodes.filter(column=node.column))
        here = column.index(node)
        there = here - 1 if is_up else here + 1
        if 0 <= there < len(column):
            a, b = column[here], column[there]
            a.place, b.place = b.place, a.place
            Node.objects.bulk_update([a, b], ["place"])


def remove_node(node: Node, *, by, version: int | None = None) -> None:
    """Take a box away with its arrows; an assumption that hung on one of them stays, hanging on none."""
    with drafting(node.model, by=by, version=version) as draft:
        for told in draft.assumptions:
            if node.key in (told["from"], told["to"]):
                told["from"] = told["to"] = ""
        _current(node).delete()


def add_indicator(node: Node, *, by, version: int | None = None, **told: str) -> None:
    """Say one more way to measure a box; refuses one without a name, and an eleventh."""
    with drafting(node.model, by=by, version=version):
        node = _current(node)
        if len(node.indicators) >= content.INDICATOR_LIMIT:
            raise NotAllowed(f"1つの箱の指標は{content.INDICATOR_LIMIT}個までです。")
        node.indicators.append(_indicator(told))
        save_or_refuse(node)


def edit_indicator(node: Node, index: int, *, by, version: int | None = None, **told: str) -> None:
    """Change one indicator of a box; refuses one that is gone."""
    with drafting(node.model, by=by, version=version):
        node = _current(node)
        at(node.indicators, index).update(_indicator(told))
        save_or_refuse(node)


def remove_indicator(node: Node, index: int, *, by, version: int | None = None) -> None:
    """Take one indicator away; refuses one that is gone already."""
    with drafting(node.model, by=by, version=version):
        node = _current(node)
        node.indicators.remove(at(node.indicators, index))
        save_or_refuse(node)


def _filled(node: Node, *, column, text, side) -> Node:
    node.column, node.text, node.side = column, content.words(text, "言葉"), side
    if not node.text:
        raise NotAllowed("箱に、言葉を入れてください。")
    if node.column != Column.INPUT:
        node.side = ""
    save_or_refuse(node)
    return node


def _indicator(told):
    indicator = {key: content.words(told.get(key, ""), name) for key, name in content.INDICATOR_KEYS.items()}
    if not indicator["name"]:
        raise NotAllowed("指標の名前を入れてください。")
    return indicator


def _current(node: Node) -> Node:
    """The box as it is now; refuses one that somebody took away."""
    current = Node.objects.filter(pk=node.pk).first()
    if current is None:
        raise NotAllowed("この箱は、もうありません。")
    return current


def _free_key(draft: LogicModel) -> str:
    taken = set(draft.nodes.values_list("key", flat=True))
    return next(key for key in (f"n{i}" for i in range(1, len(taken) + 2)) if key not in taken)

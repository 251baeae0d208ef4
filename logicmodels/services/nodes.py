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
        nodes = list(draft.nodes.all())
        if len(nodes) >= content.NODE_LIMIT:
            raise NotAllowed(f"箱は{content.NODE_LIMIT}個までです。")
        node = Node(model=draft, key=_free_key(nodes), place=nodes[-1].place + 1 if nodes else 1)
        return _filled(node, column=column, text=text, side=side)


def edit_node(node: Node, *, by, column: str, text: str, side: str = "", version: int | None = None) -> Node:
    """Change the words, the side or the column of a box; refuses a box without words."""
    with drafting(node.model, by=by, version=version) as draft:
        return _filled(current(draft, node), column=column, text=text, side=side)


def move_node(node: Node, *, by, column: str, before: str = "", version: int | None = None) -> Node:
    """Put a box into a column before the box of that key, or at its foot; refuses an unknown column."""
    with drafting(node.model, by=by, version=version) as draft:
        return _put(draft, current(draft, node), column, before)


def step_node(node: Node, *, by, way: str, version: int | None = None) -> Node:
    """Move a box one step up, down, left or right; refuses an unknown way, and where there is none."""
    with drafting(node.model, by=by, version=version) as draft:
        node = current(draft, node)
        return _put(draft, node, *_one_step(draft, node, way))


def _one_step(draft: LogicModel, node: Node, way: str) -> tuple[str, str]:
    """The column one step on, and the key of the box before which the moved one will stand."""
    place, row = Column(node.column).place, _in_column(draft, node.column).index(node)
    if way in ("left", "right"):
        place += 1 if way == "right" else -1
    elif way in ("up", "down"):
        row += 1 if way == "down" else -1
    else:
        raise NotAllowed("動かす向きが分かりません。")
    if row < 0 or not 0 <= place < len(Column):
        raise NotAllowed("これより先へは動かせません。")
    column = Column.values[place]
    there = [other.key for other in _in_column(draft, column) if other.key != node.key]
    if column == node.column and row > len(there):
        raise NotAllowed("これより先へは動かせません。")
    return column, there[row] if row < len(there) else ""


def _put(draft: LogicModel, node: Node, column: str, before: str) -> Node:
    if column not in Column:
        raise NotAllowed("列を選んでください。")
    there = [other for other in _in_column(draft, column) if other.key != node.key]
    keys = [other.key for other in there]
    there.insert(keys.index(before) if before in keys else len(there), node)
    for other, place in zip(there, sorted(other.place for other in there), strict=True):
        other.place = place
    node.column, node.side = column, node.side if column == Column.INPUT else ""
    Node.objects.bulk_update(there, ["column", "side", "place"])
    return node


def _in_column(draft: LogicModel, column: str) -> list[Node]:
    return [node for node in draft.nodes.all() if node.column == column]


def remove_node(node: Node, *, by, version: int | None = None) -> None:
    """Take a box away with its arrows; an assumption that hung on one of them stays, hanging on none."""
    with drafting(node.model, by=by, version=version) as draft:
        for told in draft.assumptions:
            if node.key in (told["from"], told["to"]):
                told["from"] = told["to"] = ""
        current(draft, node).delete()


def add_indicator(node: Node, *, by, version: int | None = None, **told: str) -> None:
    """Say one more way to measure a box; refuses one without a name, and an eleventh."""
    with drafting(node.model, by=by, version=version) as draft:
        node = current(draft, node)
        if len(node.indicators) >= content.INDICATOR_LIMIT:
            raise NotAllowed(f"1つの箱の指標は{content.INDICATOR_LIMIT}個までです。")
        node.indicators.append(_indicator(told))
        save_or_refuse(node)


def edit_indicator(node: Node, index: int, *, by, version: int | None = None, **told: str) -> None:
    """Change one indicator of a box; refuses one that is gone."""
    with drafting(node.model, by=by, version=version) as draft:
        node = current(draft, node)
        at(node.indicators, index).update(_indicator(told))
        save_or_refuse(node)


def remove_indicator(node: Node, index: int, *, by, version: int | None = None) -> None:
    """Take one indicator away; refuses one that is gone already."""
    with drafting(node.model, by=by, version=version) as draft:
        node = current(draft, node)
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


def current(draft: LogicModel, node: Node) -> Node:
    """The box as it is now, by its key; refuses one that somebody took away."""
    for other in draft.nodes.all():
        if other.key == node.key:
            return other
    raise NotAllowed("この箱は、もうありません。")


def _free_key(nodes: list[Node]) -> str:
    taken = {node.key for node in nodes}
    return next(key for key in (f"n{i}" for i in range(1, len(taken) + 2)) if key not in taken)

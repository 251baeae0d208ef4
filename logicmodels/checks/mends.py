"""One-click mends: what a finding would change, as a pure function on the content; most have none."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from logicmodels.content import columns
from logicmodels.vocabulary import OUTCOMES, Column


@dataclass(frozen=True)
class Mend:
    """What one press does: its words on the button, and the content it leads to."""

    words: str
    content: dict


def mend_of(code: str, node_id: str | None, content: dict) -> Mend | None:
    """The mend for a finding at a box, where there is one that changes anything."""
    if code not in MENDS or node_id is None:
        return None
    words, change = MENDS[code]
    mended = _copied(content)
    node = next((node for node in mended["nodes"] if node["id"] == node_id), None)
    if node is None:
        return None
    told = change(mended, node)
    return Mend(told or words, mended) if mended != content else None


def _copied(content):
    """A copy one may change, down to the indicators; quicker than a deep copy, which a page makes of many."""
    nodes = [node | {"indicators": [one.copy() for one in node["indicators"]]} for node in content["nodes"]]
    told = {key: [one.copy() for one in content[key]] for key in ("arrows", "assumptions")}
    return content | {"nodes": nodes} | told


def _turn(content, node):
    """E2: an arrow to the left is turned round where none lies there yet, else taken away; so is a loop."""
    place = {one["id"]: Column(one["column"]).place for one in content["nodes"]}
    ways = {(arrow["from"], arrow["to"]) for arrow in content["arrows"]}
    kept = []
    for arrow in content["arrows"]:
        ahead = place[arrow["to"]] - place[arrow["from"]]
        if arrow["from"] != node["id"] or ahead > 0:
            kept.append(arrow)
        elif ahead < 0 and (arrow["to"], arrow["from"]) not in ways:
            kept.append(arrow | {"from": arrow["to"], "to": arrow["from"]})
    _put_arrows(content, kept)


def _unmeasured(content, node):
    """E7: an indicator without a first value says that it was not measured yet."""
    for indicator in node["indicators"]:
        indicator["baseline"] = indicator["baseline"] or "未計測"


def _one_box(content, node):
    """E8: an empty box goes, a double gives its arrows and indicators to the first of its words."""
    words = re.sub(r"\s", "", node["text"])
    drawn = [one for column in columns(content) for one in column]
    first = next((one for one in drawn if words and re.sub(r"\s", "", one["text"]) == words), None)
    content["nodes"] = [one for one in content["nodes"] if one["id"] != node["id"]]
    if first is None or first["id"] == node["id"]:
        _put_arrows(content, [a for a in content["arrows"] if node["id"] not in (a["from"], a["to"])])
        return "この箱を消す"
    known = {indicator["name"] for indicator in first["indicators"]}
    first["indicators"] += [one for one in node["indicators"] if one["name"] not in known]
    ends = {node["id"]: first["id"]}
    moved = [a | {end: ends.get(a[end], a[end]) for end in ("from", "to")} for a in content["arrows"]]
    _put_arrows(content, moved)
    return "同じ言葉の箱と1つにする"


def _other_column(content, node):
    """W1: words of a quantity stand under outputs, words of a change under short outcomes."""
    is_outcome = node["column"] in OUTCOMES
    node["column"] = (Column.OUTPUT if is_outcome else Column.SHORT).value
    return "アウトプットの列へ移す" if is_outcome else "アウトカム 短期の列へ移す"


def _guess(content, node):
    """W5: arrows to this box that nobody has graded are called what they are."""
    for arrow in content["arrows"]:
        if arrow["to"] == node["id"]:
            arrow["evidence"] = arrow["evidence"] or "D"


def _later(content, node):
    """W11: what takes more than a year stands under the middle term."""
    node["column"] = Column.MID.value


def _put_arrows(content, arrows):
    """These arrows, once between two boxes and none to itself; assumptions on a lost one are on the whole."""
    once = {(arrow["from"], arrow["to"]): arrow for arrow in reversed(arrows)}
    kept = [arrow for arrow in arrows if once[arrow["from"], arrow["to"]] is arrow]
    content["arrows"] = [arrow for arrow in kept if arrow["from"] != arrow["to"]]
    ways = {(arrow["from"], arrow["to"]) for arrow in content["arrows"]}
    for told in content["assumptions"]:
        if (told["from"], told["to"]) not in ways:
            told["from"] = told["to"] = ""


MENDS: dict[str, tuple[str, Callable]] = {
    "E2": ("矢印を右向きに直す", _turn),
    "E7": ("はじめの値を「未計測」にする", _unmeasured),
    "E8": ("", _one_box),
    "W1": ("", _other_column),
    "W5": ("仮説（D）にする", _guess),
    "W11": ("アウトカム 中期の列へ移す", _later),
}

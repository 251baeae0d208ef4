"""Two states of a model side by side: which boxes and arrows came, went, or were changed."""

from dataclasses import dataclass, field

from logicmodels.chain import Chain
from logicmodels.content import TEXT_LISTS
from logicmodels.vocabulary import Column, Evidence, Side

LISTS = {
    "assumptions": "前提",
    "external_factors": "外からの影響",
    "negative_effects": "起きうる良くないこと",
}


@dataclass
class Changes:
    """What differs of one kind: lines that came, lines that went, and pairs of before and after."""

    title: str
    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)


def compare(before: dict, after: dict) -> list[Changes]:
    """What changed from one content to another, kind by kind; boxes are the same by their key."""
    old, new = Chain(before), Chain(after)
    found = [_heading(before, after), _boxes(old, new), _arrows(old, new)]
    found += [_lines(title, _texts(old, key), _texts(new, key)) for key, title in LISTS.items()]
    return [changes for changes in found if changes]


def _heading(before: dict, after: dict) -> Changes:
    pairs = [(name, before[key], after[key]) for key, name in (("title", "題"), ("core", "ロジックの核"))]
    told = [(name, [("", was, now)]) for name, was, now in pairs if was != now]
    return Changes("題と核", changed=told)


def _boxes(old: Chain, new: Chain) -> Changes:
    return _keyed("箱", _named(old, old.nodes), _named(new, new.nodes), old.by_id, new.by_id, _facts_of_box)


def _named(chain: Chain, nodes: list[dict]) -> dict[str, str]:
    return {node["id"]: f"{node['number']} {node['text']}" for node in nodes}


def _facts_of_box(node: dict) -> dict[str, str]:
    told = {"列": Column(node["column"]).label, "言葉": node["text"]}
    told["持ち寄る側"] = Side(node["side"]).label if node["side"] else ""
    return told | {"指標": "\n".join(" ".join(filter(None, one.values())) for one in node["indicators"])}


def _arrows(old: Chain, new: Chain) -> Changes:
    before, after = ({(one["from"], one["to"]): one for one in chain.arrows} for chain in (old, new))
    named = [
        {ends: _way(chain, one) for ends, one in arrows.items()}
        for chain, arrows in ((old, before), (new, after))
    ]
    return _keyed("矢印", *named, before, after, _facts_of_arrow)


def _way(chain: Chain, arrow: dict) -> str:
    source, target = (chain.by_id[arrow[end]] for end in ("from", "to"))
    return f"{source['number']} {source['text']} → {target['number']} {target['text']}"


def _facts_of_arrow(arrow: dict) -> dict[str, str]:
    grade = arrow["evidence"]
    return {"根拠": f"{grade} {Evidence(grade).label}" if grade else "", "理由": arrow["reason"]}


def _keyed(title: str, old_names, new_names, old: dict, new: dict, facts) -> Changes:
    """Of things known by a key: gone, new, and those of which a fact differs."""
    changed = []
    for key in new.keys() & old.keys():
        was, now = facts(old[key]), facts(new[key])
        if told := [(name, was[name], now[name]) for name in now if was[name] != now[name]]:
            changed.append((new_names[key], told))
    return Changes(
        title,
        [name for key, name in new_names.items() if key not in old],
        [name for key, name in old_names.items() if key not in new],
        sorted(changed),
    )


def _texts(chain: Chain, key: str) -> list[str]:
    if key in TEXT_LISTS:
        return chain.content[key]
    return [" ".join(filter(None, [one["text"], one["way"]])) for one in chain.assumptions()]


def _lines(title: str, before: list[str], after: list[str]) -> Changes:
    return Changes(
        title,
        [line for line in after if line not in before],
        [line for line in before if line not in after],
    )


def in_short(changes: list[Changes]) -> str:
    """The first of the changes in half a sentence: 箱「2-7 電話での見守り」が増えました."""
    for one in changes:
        for lines, deed in ((one.came, "増えました"), (one.went, "なくなりました")):
            if lines:
                return f"{one.title}「{lines[0]}」が{deed}"
        return f"{one.title}「{one.changed[0][0]}」が変わりました"
    return "箱の並びが変わりました"

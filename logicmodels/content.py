"""The one shape of a logic model's content: a plain dict, refused with the place named when it is bad."""

import copy
import hashlib
import json
import re
from datetime import date

from cityhall import text as stored
from cityhall.refusal import NotAllowed
from logicmodels.vocabulary import Column, Evidence, Side

TEXT_LIMIT = 200
LONG_LIMIT = 300
NODE_LIMIT = 200
ARROW_LIMIT = 400
LIST_LIMIT = 40
INDICATOR_LIMIT = 10
KEY = "[A-Za-z0-9_-]+"  # how a box is known, in files and addresses
SIZE_LIMIT = 200_000  # signs of the canonical text: what a worker can still print within a minute

# What an indicator (指標) of a node says, in the order it is read.
INDICATOR_KEYS = {
    "name": "指標",
    "unit": "単位",
    "baseline": "はじめ",
    "target": "めざす値",
    "due": "いつまで",
    "source": "どこから取るか",
    "owner": "だれが",
    "frequency": "頻度",
    "reason": "この測り方の理由",
}
ASSUMPTION_KEYS = ("text", "from", "to", "check_on")
TEXT_LISTS = ("external_factors", "negative_effects")
TOP_KEYS = ("title", "core", "nodes", "arrows", "assumptions", *TEXT_LISTS)


class BadContent(NotAllowed):
    """Content that cannot be a logic model; the message names the place in Japanese."""

    def __init__(self, place: str, message: str):
        super().__init__(f"{place}: {message}")
        self.place = place


def blank(title: str = "") -> dict:
    """Content with nothing in it yet."""
    return {"title": title, "core": "", **{key: [] for key in TOP_KEYS[2:]}}


def clean(raw: object) -> dict:
    """The content in its one canonical shape; refuses unknown keys, ids and columns, naming the place."""
    raw = _mapping(raw, "全体", TOP_KEYS)
    nodes = _each(raw, "nodes", _node, NODE_LIMIT)
    _refuse_twins([node["id"] for node in nodes], "nodes", "同じ id が二つあります")
    ids = {node["id"] for node in nodes}
    arrows = _each(raw, "arrows", lambda item, place: _arrow(item, place, ids), ARROW_LIMIT)
    _refuse_twins([(arrow["from"], arrow["to"]) for arrow in arrows], "arrows", "同じ矢印が二つあります")
    content = {
        "title": words(raw.get("title", ""), "title"),
        "core": words(raw.get("core", ""), "core", LONG_LIMIT),
        "nodes": nodes,
        "arrows": arrows,
        "assumptions": _each(raw, "assumptions", lambda item, place: _assumption(item, place, ids)),
        **{key: _each(raw, key, _long_text) for key in TEXT_LISTS},
    }
    if len(canonical(content)) > SIZE_LIMIT:
        raise BadContent("全体", f"{SIZE_LIMIT:,}字までです。いくつかのロジックモデルに分けてください")
    return content


def canonical(content: dict) -> str:
    """The content as one canonical JSON text: the same content, the same bytes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: dict) -> str:
    """The SHA-256 of the canonical text, which a fixed edition carries."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def columns(content: dict) -> list[list[dict]]:
    """The nodes of the six columns, each column in its order from top to bottom."""
    return [[node for node in content["nodes"] if node["column"] == column] for column in Column.values]


def numbers(content: dict) -> dict[str, str]:
    """The number of every node as the picture shows it: id → 「4-3」."""
    return {
        node["id"]: f"{place}-{row}"
        for place, column in enumerate(columns(content), start=1)
        for row, node in enumerate(column, start=1)
    }


def reordered(content: dict, ids: list[str]) -> dict:
    """The same content with its nodes in the given order."""
    content = copy.deepcopy(content)
    place = {node_id: i for i, node_id in enumerate(ids)}
    content["nodes"].sort(key=lambda node: place[node["id"]])
    return content


def _node(raw, place):
    raw = _mapping(raw, place, ("id", "column", "text", "side", "indicators"))
    return {
        "id": _id(raw, place),
        "column": _one_of(raw.get("column"), Column.values, f"{place}.column"),
        "text": words(raw.get("text", ""), f"{place}.text"),
        "side": _one_of(raw.get("side") or "", ["", *Side.values], f"{place}.side"),
        "indicators": _each(raw, "indicators", _indicator, INDICATOR_LIMIT, within=f"{place}."),
    }


def _indicator(raw, place):
    raw = _mapping(raw, place, INDICATOR_KEYS)
    return {key: words(_figure(raw.get(key, "")), f"{place}.{key}") for key in INDICATOR_KEYS}


def _figure(value: object) -> object:
    """A number of a file (12, 0.5) as it is written; anything else as it came."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _arrow(raw, place, ids):
    raw = _mapping(raw, place, ("from", "to", "reason", "evidence"))
    ends = {end: _known(_required(raw, end, place), ids, f"{place}.{end}") for end in ("from", "to")}
    if ends["from"] == ends["to"]:
        raise BadContent(place, "自分へ向かう矢印は引けません")
    return ends | {
        "reason": words(raw.get("reason", ""), f"{place}.reason", LONG_LIMIT),
        "evidence": _one_of(raw.get("evidence") or "", ["", *Evidence.values], f"{place}.evidence"),
    }


def _assumption(raw, place, ids):
    raw = {"text": raw} if isinstance(raw, str) else _mapping(raw, place, ASSUMPTION_KEYS)
    told = {key: words(raw.get(key, ""), f"{place}.{key}", LONG_LIMIT) for key in ASSUMPTION_KEYS}
    for end in ("from", "to"):
        if told[end]:
            _known(told[end], ids, f"{place}.{end}")
    if told["check_on"]:
        _day(told["check_on"], f"{place}.check_on")
    return told


def _day(text, place):
    try:
        date.fromisoformat(text)
    except ValueError:
        raise BadContent(place, "2026-09-30 の形で書いてください") from None


def _mapping(raw, place, known):
    if not isinstance(raw, dict):
        raise BadContent(place, "{ } の形で書いてください")
    for key in raw:
        if key not in known:
            raise BadContent(f"{place}.{key}", "知らない見出しです")
    return raw


def _each(raw, key, read, limit=LIST_LIMIT, within=""):
    items = raw.get(key, [])
    if not isinstance(items, list):
        raise BadContent(f"{within}{key}", "[ ] の形で書いてください")
    if len(items) > limit:
        raise BadContent(f"{within}{key}", f"{limit}件までです（{len(items)}件あります）")
    return [read(item, f"{within}{key}[{i}]") for i, item in enumerate(items)]


def words(value: object, place: str, limit: int = TEXT_LIMIT) -> str:
    """One line of text as it may be stored; refuses what is no text, unreadable signs and too much of it."""
    if not isinstance(value, str):
        raise BadContent(place, "文字で書いてください")
    try:
        kept = re.sub(r"[\n\t]+", " ", stored.clean(value, multiline=True)).strip()
    except ValueError as bad:
        raise BadContent(place, str(bad)) from None
    if len(kept) > limit:
        raise BadContent(place, f"{limit}字までです（{len(kept)}字あります）")
    return kept


def _long_text(value, place):
    return words(value, place, LONG_LIMIT)


def _id(raw, place):
    node_id = _required(raw, "id", place)
    if not re.fullmatch(KEY, node_id):
        raise BadContent(f"{place}.id", "半角の英数字と - _ で書いてください")
    return node_id


def _required(raw, key, place):
    text = words(raw.get(key, ""), f"{place}.{key}", 40)
    if not text:
        raise BadContent(f"{place}.{key}", "空です")
    return text


def _known(node_id, ids, place):
    if node_id not in ids:
        raise BadContent(place, f"「{node_id}」という id の箱がありません")
    return node_id


def _one_of(value, allowed, place):
    if value not in allowed:
        names = "・".join(name for name in allowed if name)
        raise BadContent(place, f"{names} のどれかにしてください")
    return value


def _refuse_twins(keys, place, message):
    if len(set(keys)) < len(keys):
        raise BadContent(place, message)

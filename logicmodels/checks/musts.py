"""E1–E8: what a chain must have before it can be agreed for good (確定版)."""

import re
from collections.abc import Iterator

from logicmodels.chain import Chain
from logicmodels.vocabulary import OUTCOMES, Column

Found = Iterator[tuple[str, str | None, str]]

NEEDED = {  # what an indicator of an outcome must say (E7)
    "unit": "単位",
    "baseline": "はじめの値（なければ「未計測」）",
    "target": "めざす値",
    "due": "期限",
    "source": "どこから取るか",
    "owner": "だれが",
    "frequency": "頻度",
}


def e1(chain: Chain) -> Found:
    empty = [column.label for column in Column if not chain.at(column)]
    if empty:
        yield "E1", None, f"{'、'.join(empty)}が空です。"


def e2(chain: Chain) -> Found:
    for node in chain.nodes:
        wrong = [end for end in chain.after(node) if end["place"] <= node["place"]]
        if wrong:
            ends = "、".join(end["number"] for end in wrong)
            yield "E2", node["id"], f"{ends} への矢印が右へ進んでいません。"


def e3(chain: Chain) -> Found:
    for node in chain.at(Column.ACTIVITY):
        if not chain.comes_from(node, Column.INPUT):
            yield "E3", node["id"], "この活動を支えるインプットがありません。"
        elif not chain.leads_to(node, Column.OUTPUT):
            yield "E3", node["id"], "この活動から生まれるアウトプットがありません。"


def e4(chain: Chain) -> Found:
    for node in chain.at(Column.OUTPUT):
        if not chain.comes_from(node, Column.ACTIVITY):
            yield "E4", node["id"], "このアウトプットを生む活動がありません。"
        elif not chain.leads_to(node, *OUTCOMES):
            yield "E4", node["id"], "このアウトプットがどのアウトカムにつながるかがありません。"


def e5(chain: Chain) -> Found:
    for node in chain.at(*OUTCOMES):
        if not chain.before(node):
            yield "E5", node["id"], "このアウトカムの原因になるものがありません。"
        elif not chain.after(node):
            yield "E5", node["id"], "このアウトカムの先がありません。"


def e6(chain: Chain) -> Found:
    reached = chain.reached_from(chain.at(Column.ACTIVITY))
    for node in chain.at(Column.IMPACT):
        if node["id"] not in reached:
            yield "E6", node["id"], "どの活動からも、矢印でたどり着けません。"


def e7(chain: Chain) -> Found:
    for node in chain.at(*OUTCOMES):
        lacking = [_lacking(indicator) for indicator in node["indicators"]]
        if not lacking:
            yield "E7", node["id"], "指標がまだありません。"
        elif all(lacking):
            yield "E7", node["id"], f"指標に足りないもの：{'、'.join(min(lacking, key=len))}。"


def _lacking(indicator):
    return [word for key, word in NEEDED.items() if not indicator[key]]


def e8(chain: Chain) -> Found:
    seen = {}
    for node in chain.nodes:
        words = re.sub(r"\s", "", node["text"])
        if not words:
            yield "E8", node["id"], "言葉がありません。"
        elif words in seen:
            yield "E8", node["id"], f"{seen[words]} と同じ言葉です。"
        seen.setdefault(words, node["number"])


RULES = (e1, e2, e3, e4, e5, e6, e7, e8)

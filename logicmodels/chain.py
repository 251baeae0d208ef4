"""A logic model as a chain one can walk, and as words one can read without the picture."""

from collections import defaultdict
from datetime import date

from logicmodels.content import INDICATOR_KEYS, columns, numbers
from logicmodels.vocabulary import Column, Evidence, Side


class Chain:
    """The content of a model, with its nodes numbered and its arrows at hand from both ends."""

    def __init__(self, content: dict):
        self.content = content
        given = numbers(content)
        self.nodes = [
            node | {"number": given[node["id"]], "place": place}
            for place, column in enumerate(columns(content))
            for node in column
        ]
        self.by_id = {node["id"]: node for node in self.nodes}
        self.arrows = content["arrows"]
        self._out, self._in = defaultdict(list), defaultdict(list)
        for arrow in self.arrows:
            self._out[arrow["from"]].append(arrow)
            self._in[arrow["to"]].append(arrow)

    def at(self, *columns: Column) -> list[dict]:
        """The nodes of these columns, from the top."""
        return [node for node in self.nodes if node["column"] in columns]

    def after(self, node: dict) -> list[dict]:
        return [self.by_id[arrow["to"]] for arrow in self._out[node["id"]]]

    def before(self, node: dict) -> list[dict]:
        return [self.by_id[arrow["from"]] for arrow in self._in[node["id"]]]

    def arrows_to(self, node: dict) -> list[dict]:
        return self._in[node["id"]]

    def arrows_from(self, node: dict) -> list[dict]:
        return self._out[node["id"]]

    def number_of(self, node_id: str) -> str:
        """The number of a box, or 全体 for what stands at none."""
        return self.by_id[node_id]["number"] if node_id in self.by_id else "全体"

    def placed(self, answers: list[dict]) -> list[dict]:
        """The answers of an edition, each with the number of the box it is about."""
        return [told | {"place": self.number_of(told["node"])} for told in answers]

    def comes_from(self, node: dict, *columns: Column) -> bool:
        return any(other["column"] in columns for other in self.before(node))

    def leads_to(self, node: dict, *columns: Column) -> bool:
        return any(other["column"] in columns for other in self.after(node))

    def reached_from(self, nodes: list[dict]) -> set[str]:
        """The ids one comes to by following arrows from these nodes."""
        reached, waiting = set(), list(nodes)
        while waiting:
            fresh = [end for end in self.after(waiting.pop()) if end["id"] not in reached]
            reached.update(end["id"] for end in fresh)
            waiting.extend(fresh)
        return reached

    def told(self) -> list[dict]:
        """The text twin of the picture: columns, their nodes, and where each leads, in words."""
        return [
            {
                "value": column.value,
                "label": column.label,
                "question": column.question,
                "nodes": [self._node(node) for node in self.at(column)],
            }
            for column in Column
        ]

    def assumptions(self) -> list[dict]:
        """What the chain rests on, numbered; each with its arrow and the day of its test, if it has them."""
        return [
            {
                "number": number,
                "text": told["text"],
                "way": self.way(told) if told["from"] and told["to"] else "",
                "check_on": date.fromisoformat(told["check_on"]) if told["check_on"] else None,
            }
            for number, told in enumerate(self.content["assumptions"], start=1)
        ]

    def way(self, arrow: dict) -> str:
        """「4-3 → 5-2」."""
        return f"{self.number_of(arrow['from'])} → {self.number_of(arrow['to'])}"

    def arrow_in_words(self, arrow: dict) -> dict:
        """One arrow with both its ends, its grade and its reason."""
        grade = arrow["evidence"]
        return {
            "source": self.by_id[arrow["from"]],
            "target": self.by_id[arrow["to"]],
            "evidence": grade,
            "evidence_label": Evidence(grade).label if grade else "根拠なし",
            "reason": arrow["reason"],
        }

    def _node(self, node):
        ways = [self.arrow_in_words(arrow) for arrow in self.arrows_from(node)]
        measures = [_measure(indicator) for indicator in node["indicators"]]
        side = Side(node["side"]).label if node["side"] else ""
        return node | {"side_label": side, "ways": ways, "measures": measures}


def _measure(indicator: dict) -> dict:
    """An indicator in words: its name, and whatever else is said of it under its heading."""
    more = [(label, indicator[key]) for key, label in INDICATOR_KEYS.items() if key != "name"]
    return {"name": indicator["name"], "more": [(label, value) for label, value in more if value]}

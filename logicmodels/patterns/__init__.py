"""Patterns a model may begin from: chains of the city's own kind, kept as JSON beside this file."""

import json
from functools import cache
from pathlib import Path

from logicmodels.content import clean


@cache
def patterns() -> dict[str, dict]:
    """Each pattern by the name of its file, in their order; a bad file is refused at the first look."""
    files = sorted(Path(__file__).parent.glob("*.json"))
    return {file.stem: clean(json.loads(file.read_text())) for file in files}


def lent(content: dict) -> dict:
    """What a finished model lends to a new one: the chain and its measures, not its figures."""
    nodes = [
        node | {"indicators": [_bare(indicator) for indicator in node["indicators"]]}
        for node in content["nodes"]
    ]
    assumptions = [told | {"check_on": ""} for told in content["assumptions"]]
    return clean(content | {"nodes": nodes, "assumptions": assumptions})


def _bare(indicator: dict) -> dict:
    return indicator | {"baseline": "未計測", "target": "", "due": "", "owner": ""}

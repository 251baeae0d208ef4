"""The first boxes of a draft, taken from the proposer's own words."""

import re

from logicmodels.content import TEXT_LIMIT, blank, clean
from logicmodels.vocabulary import Column, Side
from proposals.models import Submission

MOST = 6  # boxes from one field


def content_from(submission: Submission | None) -> dict:
    """What the form says of inputs, outcomes and measuring, as content; nothing is invented."""
    if submission is None:
        return blank()
    nodes = [
        *_inputs(submission.brings, submission.brings_note, Side.PROPOSER),
        *_inputs(submission.requests, submission.requests_note, Side.CITY),
        *_outcomes(submission),
    ]
    return clean(blank() | {"nodes": [node | {"id": f"n{i}"} for i, node in enumerate(nodes, start=1)]})


def _inputs(ticked: list, note: str, side: Side) -> list[dict]:
    """持ち寄るもの → inputs of the proposer, お願いしたいこと → inputs of the city."""
    named = [word for word in ticked if word != "その他"] + _sentences(note)
    return [{"column": Column.INPUT.value, "text": text, "side": side.value} for text in named]


def _outcomes(submission: Submission) -> list[dict]:
    """良いこと → short outcomes; 成果の測り方 → indicators of the first."""
    outcomes = [{"column": Column.SHORT.value, "text": text} for text in _sentences(submission.benefit)]
    measures = [{"name": text, "baseline": "未計測"} for text in _sentences(submission.measures)]
    if outcomes and measures:
        outcomes[0]["indicators"] = measures
    return outcomes


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each short enough for a box; a longer one is cut where the box ends."""
    found = (part.strip(" 　・") for part in re.split(r"[。\n]", text or ""))
    return [part[:TEXT_LIMIT] for part in found if part][:MOST]

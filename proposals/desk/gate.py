"""受付の確かめ in words: what was answered last, and what follows from it."""

from collections.abc import Iterable

from proposals.eligibility import ANSWERS, QUESTIONS, outcome
from proposals.models import ProposalRecord
from proposals.workflow import Kind


def shown(records: Iterable[ProposalRecord]) -> dict | None:
    """The newest gate of a case's records (newest first); None before it."""
    record = next((record for record in records if record.kind == Kind.GATE), None)
    if record is None:
        return None
    answers = record.data.get("answers") or {}
    words = dict(ANSWERS)
    text = getattr(record, "text", None)
    return {
        "record": record,
        "note": text.text if text else "",
        "lines": [
            {"term": question, "value": words.get(answers[key], "")}
            for key, question in QUESTIONS.items()
            if key in answers
        ],
        "outcome": outcome(answers),
    }

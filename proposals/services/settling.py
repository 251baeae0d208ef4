"""Two summaries written at the same time: which one stands, and where the other is kept."""

from django.db import transaction

from cityhall import access
from cityhall.models import Role, User
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Proposal
from proposals.services import todos
from proposals.services.recording import note_fact
from proposals.services.triage import summarise
from proposals.workflow import Kind

BOTH, MINE, THEIRS = "both", "mine", "theirs"


@transaction.atomic
def settle(
    proposal: Proposal,
    *,
    by,
    choice: str,
    joined: str,
    mine: str,
    key: str,
    officer: User | None = None,
    version: int | None = None,
) -> None:
    """Save what was chosen of two summaries: joined, one's own (a colleague is told), or the saved one.

    The text given up stays in the record. Refuses: anybody but the desk, a stale page, another choice.
    """
    posting = access.require(by, Role.DESK)
    if choice not in (BOTH, MINE, THEIRS):
        raise NotAllowed("どれにするかを選んでください。")
    case = lock(proposal, version=version)
    colleague = saved_by(case)
    kept = {BOTH: joined, MINE: mine, THEIRS: case.summary}[choice]
    if choice == THEIRS and not case.records.filter(data__discarded=key).exists():
        note_fact(case, Kind.NOTE, actor=posting, text=mine, data={"discarded": key})
    case = summarise(case, by=by, summary=kept, officer=officer)
    if choice == MINE and colleague not in (None, by) and access.has_role(colleague, Role.DESK):
        text = f"あなたの書いた要約を、{by}さんが書き直しました。記録で確かめてください。"
        todos.add(case, by=by, text=text, key=f"overwritten:{key}", owner=colleague)


def saved_by(case: Proposal) -> User | None:
    """Who saved the summary last."""
    notes = case.records.filter(kind=Kind.NOTE).select_related("by").order_by("-sequence")
    return next((note.by for note in notes if "summary" in note.data.get("changed", [])), None)

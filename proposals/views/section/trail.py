"""The trail of a case in sentences a section reads; the desk's own notes stay at the desk."""

from cityhall.models import ActedAs
from cityhall.templatetags.zama import clock
from proposals.models import Proposal, ProposalRecord
from proposals.sentences import sentence
from proposals.workflow import Holder, Kind

# The words of these records were written for whoever works on the case; those of other kinds are not shown.
TOLD = {
    Kind.MOVE,
    Kind.VERDICT,
    Kind.CONDITION,
    Kind.REOPENED,
    Kind.HANDED_ON,
    Kind.WAIVED,
    Kind.LEAD,
    Kind.CONSOLIDATED,
    Kind.JOINT,
    Kind.CONSENT,
}
SHAPES = {
    ActedAs.DESK: Holder.DESK,
    ActedAs.PROPOSER: Holder.PROPOSER,
    ActedAs.MEMBER: Holder.SECTION,
    ActedAs.HEAD: Holder.SECTION,
}


def trail(proposal: Proposal) -> list[dict]:
    """What happened to the case, newest first, for `parts/_trail.html`."""
    records = proposal.records.effective().exclude(kind=Kind.NOTE).newest_first()
    return [_line(record) for record in records]


def latest(proposal: Proposal) -> dict:
    """The last thing that happened, for a page that was overtaken by it."""
    record = proposal.records.newest_first().select_related("decision").first()
    return _line(record) | {"at": record.entered_at, "first": _who_was_first(record)}


def _who_was_first(record: ProposalRecord) -> str:
    """To whoever decided at the same time: who was first, by post, not by name."""
    decision = getattr(record, "decision", None)
    if decision is None:
        return ""
    post = record.posting.title if record.posting else ""
    acting = "（代決）" if decision.authority == decision.Authority.ACTING else ""
    at = clock(record.entered_at)
    return f"先に{post or '所属長'}{acting}が記録しました（{at}）。あなたの文はこの下に残しています。"


def _line(record: ProposalRecord) -> dict:
    words = sentence(record)
    told = getattr(record, "text", None) if record.kind in TOLD else None
    return {
        "on": record.on,
        "holder": SHAPES.get(record.acted_as, ""),
        "name": _who(record),
        "words": f"{words}　{told.text}" if told else words,
        "quiet": record.acted_as in (ActedAs.SYSTEM, ActedAs.LEDGER),
    }


def _who(record: ProposalRecord) -> str:
    if record.acted_as in (ActedAs.MEMBER, ActedAs.HEAD) and record.posting:
        return str(record.posting.department)
    return record.get_acted_as_display()

"""What there is to read of a case: the proposer's words and their changes, the verdicts, the letters."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from proposals.differences import differences
from proposals.models import Proposal, ProposalRecord, Submission
from proposals.proposed import facts
from proposals.workflow import Kind, Verdict

WITH_RECORDS = ("decision__department", "decision__decided_by", "announcement__by", "encounter__by")


def records_of(case: Proposal) -> list[ProposalRecord]:
    """The whole trail, newest first, with the verdicts and letters it tells of."""
    return list(case.records.newest_first().select_related(*WITH_RECORDS))


def versions(case: Proposal, sent: Iterable[Submission], records: Iterable[ProposalRecord]) -> dict:
    """The proposer's words as sent last, what changed with them, and whether the summary is older."""
    *_, before, latest = [None, None, *sent]
    rows = differences(before, latest) if before else []
    return {
        "submission": latest,
        "typed": facts(latest) if latest else [],
        "changes": [row for row in rows if row.is_changed],
        "is_behind": bool(case.summary) and _is_behind(records),
    }


def _is_behind(records: Iterable[ProposalRecord]) -> bool:
    """Whether the newest of rewriting and summing up is a rewriting; `records` are newest first."""
    for record in records:
        if record.kind == Kind.REVISED:
            return True
        if record.kind == Kind.NOTE and "summary" in record.data.get("changed", []):
            return False
    return False


def decided(records: Iterable[ProposalRecord]) -> dict:
    """The verdicts with their conditions, and the letters that told of them, newest first."""
    decisions = [record.decision for record in records if hasattr(record, "decision")]
    prefetch_related_objects([d for d in decisions if d.verdict == Verdict.CONDITIONAL], "conditions")
    letters = [record.announcement for record in records if hasattr(record, "announcement")]
    return {"decisions": decisions, "announcements": letters}

"""The whole trail of a case for the desk: every record, every word, what changed from what to what."""

from collections.abc import Iterable

from cityhall import calendar
from cityhall.models import ActedAs
from cityhall.templatetags.zama import short_date
from proposals.differences import FIELDS, marked
from proposals.models import ProposalRecord
from proposals.sentences import CHANGED, in_full
from proposals.views.section.trail import SHAPES
from proposals.workflow import Kind

NOTHING = "なし"
SHORT = 90  # longer words are folded
GROUPS = {
    "moves": (
        "段階と判断",
        {
            *(Kind.MOVE, Kind.VERDICT, Kind.CONDITION, Kind.CONDITIONS_MET, Kind.REOPENED, Kind.CANCELLED),
            *(Kind.HANDED_ON, Kind.MERGED, Kind.UNDONE, Kind.RECEIVED, Kind.PROJECT),
            Kind.PROJECT_STOPPED,
        },
    ),
    "sections": (
        "関係課",
        {
            *(Kind.COORDINATION, Kind.ASKED, Kind.ANSWERED, Kind.WAIVED, Kind.LEAD),
            *(Kind.TAKEN_BACK, Kind.CONSOLIDATED),
            *(Kind.JOINT, Kind.CONSENT, Kind.INTRODUCED, Kind.MATCHED),
        },
    ),
    "talk": (
        "提案者",
        {
            *(Kind.FIRST_CONTACT, Kind.CONTACT, Kind.QUESTION, Kind.MESSAGE, Kind.REPLY, Kind.REVISED),
            Kind.ANNOUNCED,
        },
    ),
    "desk": (
        "窓口の仕事",
        {
            *(Kind.GATE, Kind.NOTE, Kind.MODEL_FIXED, Kind.AGREED, Kind.RELATED, Kind.SEED, Kind.HANDOVER),
            *(Kind.FAIRNESS, Kind.DRAFTED, Kind.MEETING),
        },
    ),
}
COLUMNS = {field.name: field.verbose_name for field in FIELDS} | {
    "contact": "連絡先",
    "papers": "添付資料",
    "track": "区分",
}


def trail(
    records: list[ProposalRecord], names: dict[int, str], *, group: str = "", first: int = 0, most: int = 20
) -> list[dict]:
    """So many records, newest first, of a group if one is named; a corrected one stays and says so.

    `names` are those of officers by key. Each line has `words`, `long` words to unfold, and `changes`.
    """
    replaced = {record.supersedes_id: record for record in records}
    older = _older_summaries(records)
    chosen = [r for r in records if not group or r.kind in GROUPS[group][1]]
    return [
        _line(record, replaced.get(record.pk), older.get(record.pk, ""), names)
        for record in chosen[first : first + most]
    ]


def names_in(records: Iterable[ProposalRecord]) -> dict[int, str]:
    """The officers whose names the records bring along."""
    return {record.by_id: str(record.by) for record in records if record.by_id}


def _older_summaries(records: Iterable[ProposalRecord]) -> dict[int, str]:
    """For each record of a saved summary: the summary before it."""
    found, newer = {}, None
    for record in records:
        if record.kind == Kind.NOTE and "summary" in record.data.get("changed", []):
            if newer:
                found[newer] = _text(record)
            newer = record.pk
    return found


def _line(record: ProposalRecord, replaced_by, older: str, names: dict[int, str]) -> dict:
    told = _told(record)
    is_long = len(told) > SHORT
    words = [in_full(record), "" if is_long or not told else f"「{told}」", _remarks(record, replaced_by)]
    return {
        "on": record.on,
        "holder": SHAPES.get(record.acted_as, ""),
        "name": who(record),
        "words": "　".join(filter(None, words)),
        "long": told if is_long else "",
        "changes": list(_changes(record, older, names)),
        "quiet": replaced_by is not None or record.acted_as in (ActedAs.SYSTEM, ActedAs.LEDGER),
    }


def _text(record: ProposalRecord) -> str:
    text = getattr(record, "text", None)
    return text.text if text else ""


def _told(record: ProposalRecord) -> str:
    if record.kind == Kind.NOTE and record.data.get("changed"):
        return ""
    words = [record.encounter.text] if hasattr(record, "encounter") else []
    return "　".join(filter(None, [*words, _text(record)]))


def _changes(record: ProposalRecord, older: str, names: dict[int, str]):
    """What changed: its label, and its words marked as same, added or gone."""
    if record.kind == Kind.REVISED:
        terms = [COLUMNS[name] for name in record.data.get("changed", []) if name in COLUMNS]
        if terms:
            yield {"term": "書き直したところ", "words": [("same", "、".join(terms))]}
    if record.kind != Kind.NOTE:
        return
    if "summary" in record.data.get("changed", []) and _text(record):
        yield {"term": "窓口の要約", "words": marked(older, _text(record))}
    for name, (before, after) in record.data.get("values", {}).items():
        old, new = (names.get(v, v) if name == "officer" else v for v in (before, after))
        yield {"term": CHANGED[name], "words": _from_to(old, new)}


def _from_to(old, new) -> list[tuple[str, str]]:
    old, new = (v if isinstance(v, str) and v else NOTHING if not v else "前の職員" for v in (old, new))
    return [("gone", old), ("same", " → "), ("added", new)]


def _remarks(record: ProposalRecord, replaced_by) -> str:
    written_on = calendar.jst_date(record.entered_at)
    is_late = written_on != record.on and record.acted_as != ActedAs.LEDGER
    late = f"（{short_date(written_on)}に記録）" if is_late else ""
    if replaced_by is None:
        return late
    return late + ("（のちに取消し）" if replaced_by.kind == Kind.UNDONE else "（のちに訂正）")


def who(record: ProposalRecord) -> str:
    """The person in the posting of that day, or in whose place it was done."""
    if record.posting is None:
        return record.get_acted_as_display()
    return f"{record.posting}　{record.by}"

"""What a head has before them at ⑥, as words that can be stored: read before the decision, kept with it.

The page and the stored decision are drawn from the same dict, so that what was seen is what is stored.
"""

import hashlib
import json
from collections.abc import Iterable

from cityhall import calendar
from proposals.introduced import unnamed_sides
from proposals.models import (
    Condition,
    Decision,
    Encounter,
    Fairness,
    Hearing,
    Match,
    Proposal,
    ProposalRecord,
)
from proposals.models.clocks import clocks
from proposals.proposed import costs, facts, in_four_lines
from proposals.viewpoints import BY_NUMBER
from proposals.workflow import Kind

FORM = 1  # of the dict; an older one is drawn as far as it goes
MET = (Encounter.Kind.VISIT, Encounter.Kind.CALL, Encounter.Kind.ONLINE)
SINCE = {
    Kind.REOPENED: "再開しました",
    Kind.REVISED: "提案が書き直されました",
    Kind.ANSWERED: "{department}から返事がありました",
    Kind.CONSOLIDATED: "窓口が食い違いをまとめました",
    Kind.MODEL_FIXED: "ロジックモデルの試行版を固定しました（{label}）",
    Kind.LEAD: "所管課を{department}に決めました",
}


def seen_by_decider(proposal: Proposal) -> dict:
    """All that stands before whoever decides on the case now."""
    words, records = proposal.latest_submission, _records(proposal)
    return {
        "form": FORM,
        "number": proposal.number,
        "title": proposal.title,
        "submission": words.version if words else 0,
        "organization": str(proposal.organization),
        "earlier": _earlier(proposal, records),
        "lines": in_four_lines(words) if words else [],
        "facts": facts(words) if words else [],
        "papers": [
            {"name": str(paper), "file": paper.name, "sha256": paper.sha256}
            for paper in proposal.attachments.all()
        ],
        "costs": costs(words) if words else [],
        "answers": _answers(proposal),
        "consolidated": _consolidated(records),
        "model": _model(records),
        "viewpoints": _viewpoints(proposal),
        "fairness": fairness_in_words(proposal),
        "match": _match(proposal),
        "joint": [_joint(joint) for joint in proposal.joint_sections.select_related("department")],
    }


def fingerprint(seen: dict) -> str:
    """The SHA-256 of what was seen, whatever order its parts are stored in."""
    return hashlib.sha256(plain(seen).encode()).hexdigest()


def plain(seen: dict) -> str:
    """What was seen as one text, always the same: what the fingerprint is taken of."""
    return json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def is_as_seen(decision: Decision) -> bool:
    """Whether what is stored still has the fingerprint that the chained record holds."""
    return fingerprint(decision.seen) == decision.seen_hash == decision.record.data.get("seen")


def _records(proposal: Proposal) -> list[ProposalRecord]:
    kinds = [*SINCE, Kind.VERDICT]
    found = proposal.records.effective().filter(kind__in=kinds).order_by("sequence")
    return list(found.select_related("department", "text"))


def _text(record: ProposalRecord) -> str:
    return record.text.text if hasattr(record, "text") else ""


# --- 前回の判断 -------------------------------------------------------------


def _earlier(proposal: Proposal, records: Iterable[ProposalRecord]) -> dict | None:
    decisions = list(proposal.decisions.select_related("department", "record"))
    if not decisions:
        return None
    last = decisions[-1]
    since = [record for record in records if record.sequence > last.record.sequence]
    return {
        "round": len(decisions),
        "verdict": last.get_verdict_display(),
        "on": calendar.wareki(last.decided_on),
        "department": str(last.department),
        "reason": last.reason or last.get_reason_code_display(),
        "conditions": [_condition(condition) for condition in last.conditions.all()],
        "since": [_happened(record) for record in since if record.kind in SINCE],
    }


def _condition(condition: Condition) -> dict:
    """What was asked, and what has become of it."""
    state = "まだ"
    if condition.met_on:
        state = f"{calendar.wareki(condition.met_on)}に満たした"
    elif condition.waived_on:
        state = f"{calendar.wareki(condition.waived_on)}に免じた（{condition.waived_reason}）"
    return {"text": condition.text, "owner": condition.owner, "state": state}


def _happened(record: ProposalRecord) -> dict:
    words = SINCE[record.kind].format(
        department=record.department or "関係課", label=record.data.get("label", "")
    )
    text = _text(record) if record.kind in (Kind.REOPENED, Kind.CONSOLIDATED) else ""
    return {"on": calendar.wareki(record.on), "words": f"{words}。{text}" if text else f"{words}。"}


# --- 関係課の返事 -----------------------------------------------------------


def _answers(proposal: Proposal) -> list[dict]:
    sheets = list(proposal.hearings.select_related("department", "passed_to__department"))
    days = clocks(sheets)
    return [_answer(sheet, days[sheet.pk].days) for sheet in sheets]


def _answer(sheet: Hearing, days: int) -> dict:
    waived = "返事を待たずに進めました" if sheet.waived_on else "返事待ち"
    return {
        "department": str(sheet.department),
        "word": sheet.get_answer_display() or waived,
        "passed_to": str(sheet.passed_to.department) if sheet.passed_to else "",
        "text": sheet.answer_text or sheet.waived_reason,
        "when": sheet.possible_when,
        "on": calendar.wareki(sheet.ended_on) if sheet.ended_on else "",
        "days": days if sheet.ended_on else None,
    }


def _consolidated(records: Iterable[ProposalRecord]) -> dict | None:
    """The desk's words on stances in conflict, the newest."""
    found = [record for record in records if record.kind == Kind.CONSOLIDATED]
    return {"on": calendar.wareki(found[-1].on), "text": _text(found[-1])} if found else None


# --- ロジックモデル・9つの観点 -------------------------------------------------


def _model(records: Iterable[ProposalRecord]) -> dict | None:
    """Which edition lay before the head: its label, and, drawn here, its number and fingerprint."""
    fixed = [record.data for record in records if record.kind == Kind.MODEL_FIXED]
    return dict(fixed[-1]) if fixed else None


def _viewpoints(proposal: Proposal) -> dict:
    marks = list(proposal.assessments.order_by("viewpoint", "pk"))
    readers = list(dict.fromkeys(mark.reader_id for mark in sorted(marks, key=lambda mark: mark.pk)))
    return {
        "readers": len(readers),
        "measures": [str(measure) for measure in proposal.measures.all()],
        "lines": [
            {
                "number": viewpoint.number,
                "name": viewpoint.name,
                "marks": [_mark(mark, readers) for mark in marks if mark.viewpoint == viewpoint.number],
            }
            for viewpoint in BY_NUMBER.values()
        ]
        if marks
        else [],
    }


def _mark(mark, readers: list[int]) -> dict:
    return {
        "reader": readers.index(mark.reader_id) + 1,
        "level": mark.level,
        "words": BY_NUMBER[mark.viewpoint].anchors[mark.level],
        "comment": mark.comment,
    }


# --- 公平さの確かめ・共管 -----------------------------------------------------


def fairness_in_words(proposal: Proposal) -> list[dict]:
    """The fairness log as terms and values; the contacts are counted, never typed."""
    log = Fairness.objects.filter(proposal=proposal).first()
    contacts = {"term": "接触の記録", "value": contacts_in_words(proposal)}
    if log is None:
        return [contacts]
    tender = log.get_tender_display() + (f"（{log.tender_reason}）" if log.tender_reason else "")
    return [
        {"term": "公募の要否", "value": tender},
        {"term": "同じ案内", "value": log.same_info},
        contacts,
        {"term": "ほかの候補", "value": log.others},
        {"term": "費用の型", "value": log.get_route_display()},
    ]


def contacts_in_words(proposal: Proposal) -> str:
    """面談3・電話5・やりとり8."""
    kinds = list(proposal.encounters.values_list("kind", flat=True))
    counted = (
        ("面談", sum(kinds.count(kind) for kind in MET)),
        ("電話", kinds.count(Encounter.Kind.PHONE)),
        ("メール", kinds.count(Encounter.Kind.MAIL)),
        ("名刺交換", kinds.count(Encounter.Kind.CARD)),
        ("やりとり", proposal.messages.count()),
    )
    return "・".join(f"{what}{n}" for what, n in counted if n) or "まだありません"


def _match(proposal: Proposal) -> dict | None:
    """What the sides agreed; partners by their key, since one may leave the register (`introduced`)."""
    match = Match.objects.filter(proposal=proposal).first()
    if match is None:
        return None
    agreed = calendar.wareki(match.agreed_on) if match.agreed_on else ""
    return {"purpose": match.purpose, "agreed": agreed, "sides": unnamed_sides(proposal)}


def _joint(joint) -> dict:
    return {
        "department": str(joint.department),
        "word": joint.word,
        "text": joint.said,
        "on": calendar.wareki(joint.said_on) if joint.said_on else "",
    }

"""The trail of a case in sentences a section reads; the desk's own notes stay at the desk."""

from cityhall.models import ActedAs
from cityhall.templatetags.zama import clock
from proposals.models import Proposal, ProposalRecord
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
SENTENCES = {
    Kind.FIRST_CONTACT: "初めて相談がありました",
    Kind.RECEIVED: "提案として受け付けました",
    Kind.COORDINATION: "庁内の調整を始めました",
    Kind.MOVE: "{source} → {target}",
    Kind.VERDICT: "判断：{verdict}",
    Kind.CONDITION: "条件「{condition}」を確かめました（{how}）",
    Kind.CONDITIONS_MET: "条件がそろい、案件化しました",
    Kind.REOPENED: "{target} から再開しました",
    Kind.CANCELLED: "始める前に中止しました",
    Kind.HANDED_ON: "ほかの制度・窓口へ引き継ぎました",
    Kind.MERGED: "同じ内容の案件とまとめました",
    Kind.GATE: "受付の確かめを済ませました",
    Kind.ASKED: "{department}へつなぐシートを送りました",
    Kind.ANSWERED: "{department}から返事がありました",
    Kind.WAIVED: "{department}の返事を待たずに進めます",
    Kind.LEAD: "所管課を{department}に決めました",
    Kind.MODEL_FIXED: "ロジックモデルの試行版を固定しました（{label}）",
    Kind.PROJECT: "共創プロジェクト {project} を始めました",
    Kind.QUESTION: "提案者に尋ねました",
    Kind.MESSAGE: "提案者に連絡しました",
    Kind.REPLY: "返事を送りました",
    Kind.REVISED: "提案を書き直しました（第{version}版）",
    Kind.ANNOUNCED: "提案者に結果をお知らせしました（{verdict}）",
    Kind.CONTACT: "提案者と話しました",
    Kind.TAKEN_BACK: "{department}が返事を書き直しています",
    Kind.CONSOLIDATED: "窓口が、課の返事をまとめました",
    Kind.FAIRNESS: "公平さの確かめを残しました",
    Kind.JOINT: "{department}を共管の課としました",
    Kind.CONSENT: "{department}が、共管として{consent}",
    Kind.DRAFTED: "紙の決裁をもとに、判断の下書きを準備しました（代理入力）",
    Kind.MEETING: "共創調整会議で話しました",
    Kind.INTRODUCED: "引き合わせました",
    Kind.MATCHED: "組み合わせを書きました",
    Kind.UNDONE: "直前の動作を取り消し、{target}に戻しました",
}
HOW = {"met_on": "満たした", "waived_on": "免じた"}
CONSENT = {True: "同意しました", False: "同意しませんでした"}
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


def sentence(record: ProposalRecord) -> str:
    """The record in words, without its free text."""
    named = {name: record.data.get(name, "") for name in ("condition", "label", "project", "version")}
    return _pattern(record).format(
        **named,
        how=HOW.get(record.data.get("how"), ""),
        consent=CONSENT.get(record.data.get("agrees"), ""),
        source=record.get_source_display(),
        target=record.get_target_display(),
        verdict=record.get_verdict_display(),
        department=record.department or "関係課",
    )


def _pattern(record: ProposalRecord) -> str:
    if record.kind == Kind.QUESTION and record.department:
        return "{department}の質問を、提案者に尋ねました"
    if record.kind == Kind.VERDICT and record.acted_as == ActedAs.PROPOSER:
        return "提案を取り下げました"
    if record.kind == Kind.VERDICT and record.data.get("proxy"):
        return "判断：{verdict}（代理入力：窓口が紙の決裁から準備し、所属長が確かめました）"
    if record.kind == Kind.JOINT and record.data.get("how") == "dropped":
        return "{department}を共管から外しました"
    return SENTENCES.get(record.kind, record.get_kind_display())


def _who(record: ProposalRecord) -> str:
    if record.acted_as in (ActedAs.MEMBER, ActedAs.HEAD) and record.posting:
        return str(record.posting.department)
    return record.get_acted_as_display()

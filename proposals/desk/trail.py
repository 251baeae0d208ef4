"""The whole trail of a case for the desk: every record, every word, who in which posting."""

from cityhall import calendar
from cityhall.models import ActedAs
from cityhall.templatetags.zama import short_date
from proposals.models import ProposalRecord
from proposals.views.section.trail import SHAPES, sentence
from proposals.workflow import Kind

CODES = {
    "issued": "新しい確認番号を出しました",
    "reissued": "確認番号をなくしたため、新しい番号を受け取りました",
    "invited": "同じ団体の方に、確認番号を渡しました",
    "stopped": "同じ団体の方の確認番号を止めました",
}
RELATED = {
    "linked": "{} と、関連する案件としてつなぎました",
    "unlinked": "{} とのつながりを外しました",
    "split": "{} と、2つの案件に分けました",
}
CHANGED = {"summary": "要約", "officer": "担当"}


def trail(records: list[ProposalRecord]) -> list[dict]:
    """The records, newest first, for `parts/_trail.html`; a corrected one stays and says so."""
    corrected = {record.supersedes_id for record in records}
    return [_line(record, is_corrected=record.pk in corrected) for record in records]


def _line(record: ProposalRecord, *, is_corrected: bool) -> dict:
    return {
        "on": record.on,
        "holder": SHAPES.get(record.acted_as, ""),
        "name": _who(record),
        "words": "　".join(filter(None, [_sentence(record), _told(record), _remarks(record, is_corrected)])),
        "quiet": is_corrected or record.acted_as in (ActedAs.SYSTEM, ActedAs.LEDGER),
    }


def _sentence(record: ProposalRecord) -> str:
    if record.kind == Kind.RELATED:
        return f"{RELATED[record.data['how']].format(record.data['other'])}。"
    words = _note(record) if record.kind == Kind.NOTE else sentence(record)
    return f"訂正：{words}。" if record.supersedes_id else f"{words}。"


def _note(record: ProposalRecord) -> str:
    if record.data.get("released"):
        return "迷惑投稿でないことを確かめました"
    if code := record.data.get("code"):
        return CODES.get(code, CODES["issued"])
    if record.data.get("read"):
        return "提案者から届いたものを読みました"
    changed = "と".join(words for name, words in CHANGED.items() if name in record.data.get("changed", []))
    return f"窓口の{changed}を直しました" if changed else "書きとめました"


def _told(record: ProposalRecord) -> str:
    if record.kind == Kind.NOTE and record.data.get("changed"):
        return ""
    text = getattr(record, "text", None)
    return f"「{text.text}」" if text else ""


def _remarks(record: ProposalRecord, is_corrected: bool) -> str:
    written_on = calendar.jst_date(record.entered_at)
    is_late = written_on != record.on and record.acted_as != ActedAs.LEDGER
    late = f"（{short_date(written_on)}に記録）" if is_late else ""
    return late + ("（のちに訂正）" if is_corrected else "")


def _who(record: ProposalRecord) -> str:
    if record.posting is None:
        return record.get_acted_as_display()
    return f"{record.posting}　{record.by}"

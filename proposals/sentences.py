"""What a record of a case tells, as a sentence: the one place that words them."""

from cityhall.models import ActedAs
from proposals.came import in_words as came_in_words
from proposals.models import Contact, ProposalRecord
from proposals.workflow import Kind

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
    Kind.PROJECT_STOPPED: "共創プロジェクト {project} を、始めたあとに中止しました",
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
    Kind.AGREED: "道すじに合意しました（{label}）",
    Kind.UNDONE: "直前の動作を取り消し、{target}に戻しました",
}
HOW = {"met_on": "満たした", "waived_on": "免じた"}
CONSENT = {True: "同意しました", False: "同意しませんでした"}
CODES = {
    "issued": "新しい確認番号を出しました",
    "reissued": "確認番号をなくしたため、新しい番号を受け取りました",
    "invited": "同じ団体の方に、確認番号を渡しました",
    "stopped": "同じ団体の方の確認番号を止めました",
}
CANDIDATES = {
    "dismissed": "引き合わせの候補の1つを、今回は合わないとしました",
    "restored": "合わないとした候補の1つを、候補に戻しました",
}
RELATED = {
    "linked": "{} と、関連する案件としてつなぎました",
    "unlinked": "{} とのつながりを外しました",
    "split": "{} と、2つの案件に分けました",
}
CHANGED = {
    "summary": "窓口の要約",
    "officer": "担当",
    "category": "案件の種類",
    "measures": "重点施策・基本姿勢",
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


def in_full(record: ProposalRecord) -> str:
    """The record in words as the desk reads it, its own notes and corrections too."""
    if record.kind == Kind.RELATED:
        return f"{RELATED[record.data['how']].format(record.data['other'])}。"
    if record.kind == Kind.NOTE:
        words = _note(record)
    elif hasattr(record, "encounter"):
        words = _contact(record)
    else:
        words = sentence(record)
    is_correction = record.supersedes_id and record.kind != Kind.UNDONE
    return f"訂正：{words}。" if is_correction else f"{words}。"


def _contact(record: ProposalRecord) -> str:
    who = f"（{record.encounter.who}）" if record.encounter.who else ""
    began = "。初めての相談です" if record.kind == Kind.FIRST_CONTACT else ""
    return f"提案者と話しました：{record.encounter.get_kind_display()}{who}{began}"


def _note(record: ProposalRecord) -> str:
    data = record.data
    if data.get("released"):
        return "迷惑投稿でないことを確かめました"
    if code := data.get("code"):
        return CODES.get(code, CODES["issued"])
    if came := data.get("came"):
        return came_in_words(**came)
    if data.get("read"):
        return "提案者から届いたものを読みました"
    if data.get("contact"):
        return f"連絡先（{contact_lines(record)}）を直しました"
    if candidate := data.get("candidate"):
        return CANDIDATES[candidate]
    if data.get("discarded"):
        return "同時に書いた要約を、使わないことにしました"
    changed = "と".join(words for name, words in CHANGED.items() if name in data.get("changed", []))
    read = "見立てを残しました" if data.get("assessed") else ""
    saved = f"{changed}を直しました" if changed else ""
    return "。".join(filter(None, [read, saved])) or "書きとめました"


def contact_lines(record: ProposalRecord) -> str:
    """Which lines of whom to call were changed: 電話番号、メールアドレス."""
    return "、".join(Contact._meta.get_field(name).verbose_name for name in record.data["contact"])

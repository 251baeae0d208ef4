"""The things of a case as terms and values, by the names of their own columns."""

from collections.abc import Iterable
from datetime import date

from cityhall import calendar
from proposals.differences import FIELDS, WHOLE
from proposals.models import Assessment, Decision, Hearing, Message, Submission
from proposals.reasons import ReasonCode
from proposals.viewpoints import BY_NUMBER
from proposals.workflow import DECISIONS, WORKFLOW, Step

Rows = list[tuple[str, str]]

# what the form lets withhold, and the fields it means; of 「その他」 nobody knows: the desk chooses
PARTS = {
    "取組の内容": ["activity"],
    "実施体制・実績": ["capacity"],
    "費用": ["cost", "cost_amount"],
    "知的財産・ノウハウ": ["rights", "rights_note"],
    "団体の情報": ["representative", "local_base"],
}
ANSWERED = ("answer", "answer_text", "own_trouble", "possible_when", "tellable")
VERDICTS = {name: WORKFLOW.row(name, source=Step.DECISION).label for name in DECISIONS}
# the lines of a draft as its form names them, in their order
TYPED_ANSWER = {
    "answer": "返事", "yes_text": "返事の中身", "if_text": "そろえたい条件", "other_text": "回す理由",
    "hard_text": "難しい理由", "hard_when": "いつなら", "own_trouble": "貴課の困りごと",
    "question": "尋ねたいこと", "next_step": "次の一歩", "next_when": "次の一歩はいつ",
}  # fmt: skip
TYPED_VERDICT = {
    "verdict": "結論", "reason": "理由", "draft_number": "起案番号", "decided_on": "決裁日",
}  # fmt: skip


def told(thing, *names: str) -> Rows:
    """These columns of it, each under its own name."""
    return [(str(thing._meta.get_field(name).verbose_name), said(thing, name)) for name in names]


def said(thing, name: str) -> str:
    """A column in words: the label of a choice, a day in 和暦, several things in one line."""
    value = getattr(thing, f"get_{name}_display", lambda: getattr(thing, name))()
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if isinstance(value, date):
        return calendar.wareki(value)
    return "" if value is None else str(value)


# --- the proposer's words -----------------------------------------------------


def wished(version: Submission) -> set[str]:
    """The fields the proposer asks not to make public."""
    return {name for part in version.nondisclosure for name in PARTS.get(part, ())}


def of_version(version: Submission) -> list[tuple[str, str, str]]:
    """Each field as it was typed: its name, its term, its words."""
    fields = sorted(FIELDS, key=lambda field: field.name == "pledges")  # those stand at the form's end too
    return [(field.name, str(field.verbose_name), _typed(version, field.name)) for field in fields]


def _typed(version: Submission, name: str) -> str:
    value = getattr(version, name)
    return WHOLE[name](value) if name in WHOLE and value is not None else said(version, name)


def of_message(message: Message) -> Rows:
    """What came with its text."""
    papers = "、".join(str(paper) for paper in message.attachments.all())
    return [*told(message, "department", "due_on"), ("添付資料", papers)]


# --- sections ---------------------------------------------------------------------


def of_sheet(sheet: Hearing) -> Rows:
    """What a section was asked."""
    return told(sheet, "request", "reason", "topics", "care", "due_on")


def of_answer(sheet: Hearing) -> Rows:
    """What it said, or why nobody waits for it any more."""
    if not sheet.answer:
        return told(sheet, "waived_reason")
    passed = [("回した先", str(sheet.passed_to.department) if sheet.passed_to else "")]
    return told(sheet, *ANSWERED) + passed + told(sheet, "next_step", "next_when", "drafted_by")


def of_decision(decision: Decision) -> Rows:
    proxy = f"窓口（{decision.prepared_by}）が紙の決裁から準備" if decision.is_by_proxy else ""
    asked = [
        " ".join(value for _, value in told(c, "text", "owner", "due_on")) for c in decision.conditions.all()
    ]
    return [
        *told(decision, "reason_code", "reason", "authority", "draft_number", "consulted"),
        ("条件", "\n".join(asked)),
        ("代理入力", proxy),
        ("決裁の写し", "、".join(map(str, decision.papers.all()))),
        *told(decision, "logic_model_label", "seen_hash"),
    ]


def of_draft(said: dict) -> Rows:
    """What stands in a draft of a section's answer."""
    choices = dict(Hearing.Answer.choices)
    words = said | {"answer": choices.get(said.get("answer"), "")}
    return [(term, str(words.get(name) or "")) for name, term in TYPED_ANSWER.items()]


def of_drafted_verdict(said: dict) -> Rows:
    """What stands in a draft of ⑥."""
    code = dict(ReasonCode.choices).get(said.get(f"code_{said.get('verdict')}"), "")
    words = said | {"verdict": VERDICTS.get(said.get("verdict"), "")}
    asked = [
        _condition((part, str(said.get(f"condition{n}_{part}") or "")) for part in ("text", "owner", "due"))
        for n in range(1, 21)
    ]
    rows = [(term, str(words.get(name) or "")) for name, term in TYPED_VERDICT.items()]
    return [rows[0], ("理由の区分", code), *rows[1:], ("条件", "\n".join(filter(None, asked)))]


def _condition(parts: Iterable[tuple[str, str]]) -> str:
    """建物の安全を確かめる／架空不動産株式会社／令和8年12月1日."""
    return "／".join(value for _, value in parts if value)


def of_marks(marks: Iterable[Assessment]) -> Rows:
    """One reader's 見立て: each viewpoint by its name, the level by its anchor sentence."""
    return [(f"{mark.viewpoint}　{BY_NUMBER[mark.viewpoint].name}", _level(mark)) for mark in marks]


def _level(mark: Assessment) -> str:
    anchor = BY_NUMBER[mark.viewpoint].anchors[mark.level]
    return "\n".join(filter(None, [f"［{mark.level}］{anchor}", mark.comment]))

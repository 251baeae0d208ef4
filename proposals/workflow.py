"""The six steps as one table: every move, who makes it, what it needs. The only list of moves there is."""

from datetime import timedelta

from django.db import models

from cityhall.models import ActedAs, Role
from cityhall.workflow import Transition, Workflow
from proposals import guards


class Step(models.TextChoices):
    """Where a case stands: the six steps of the 窓口資料, waiting for conditions, or closed."""

    INTAKE = "intake", "①受付"
    SORTING = "sorting", "②内容整理"
    HEARING = "hearing", "③関係課ヒアリング"
    MATCHING = "matching", "④マッチング・調整"
    LOGIC_MODEL = "logic_model", "⑤試行ロジックモデル作成"
    DECISION = "decision", "⑥案件化判断"
    CONDITIONS = "conditions", "条件待ち"
    ADOPTED = "adopted", "採用"
    IN_PRINCIPLE = "in_principle", "趣旨採用"
    DECLINED = "declined", "見送り"
    WITHDRAWN = "withdrawn", "取下げ"
    OUT_OF_SCOPE = "out_of_scope", "対象外"
    HANDED_ON = "handed_on", "引継ぎ"
    MERGED = "merged", "重複統合"


class Holder(models.TextChoices):
    """Who acts next (いまの番): always exactly one while a case is open."""

    DESK = "desk", "窓口"
    SECTION = "section", "関係課"
    PROPOSER = "proposer", "提案者"
    DECIDER = "decider", "決裁"
    HOLD = "hold", "合意による保留"


class Verdict(models.TextChoices):
    """How a case ended or went on (川崎市's five, and two that are not the section's)."""

    ADOPTED = "adopted", "採用"
    CONDITIONAL = "conditional", "条件付採用"
    IN_PRINCIPLE = "in_principle", "趣旨採用"
    CONTINUED = "continued", "継続協議"
    DECLINED = "declined", "見送り"
    WITHDRAWN = "withdrawn", "取下げ"
    OUT_OF_SCOPE = "out_of_scope", "対象外"


class Kind(models.TextChoices):
    """What a record of a case tells."""

    FIRST_CONTACT = "first_contact", "初回相談"
    RECEIVED = "received", "受付"
    COORDINATION = "coordination", "庁内調整開始"
    MOVE = "move", "段階の移動"
    VERDICT = "verdict", "判断"
    CONDITION = "condition", "条件の確認"
    CONDITIONS_MET = "conditions_met", "条件充足"
    REOPENED = "reopened", "再開"
    CANCELLED = "cancelled", "開始前中止"
    HANDED_ON = "handed_on", "引継ぎ"
    MERGED = "merged", "重複統合"
    GATE = "gate", "受付の確かめ"
    ASKED = "asked", "つなぐシート"
    ANSWERED = "answered", "関係課の返事"
    WAIVED = "waived", "返事を待たない"
    LEAD = "lead", "所管課"
    MODEL_FIXED = "model_fixed", "ロジックモデル試行版"
    PROJECT = "project", "共創プロジェクト（TRIP）"
    PROJECT_STOPPED = "project_stopped", "共創プロジェクトの中止"
    QUESTION = "question", "提案者へのお尋ね"
    MESSAGE = "message", "提案者への連絡"
    REPLY = "reply", "提案者からの返事"
    REVISED = "revised", "提案の書き直し"
    ANNOUNCED = "announced", "結果のお知らせ"
    NOTE = "note", "覚え"
    CONTACT = "contact", "話した記録"
    UNDONE = "undone", "取消し"
    RELATED = "related", "関連する案件"
    SEED = "seed", "種の条件"
    HANDOVER = "handover", "担当の引継ぎ"
    TAKEN_BACK = "taken_back", "返事の書き直し"
    CONSOLIDATED = "consolidated", "窓口のまとめ"
    FAIRNESS = "fairness", "公平さの確かめ"
    JOINT = "joint", "共管の課"
    CONSENT = "consent", "共管の同意"
    DRAFTED = "drafted", "判断の下書き"
    MEETING = "meeting", "共創調整会議"
    INTRODUCED = "introduced", "引き合わせ"
    MATCHED = "matched", "組み合わせ"
    AGREED = "agreed", "道すじへの合意"


SIX_STEPS = [Step.INTAKE, Step.SORTING, Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL, Step.DECISION]
DESK_STEPS = SIX_STEPS[:-1]
OPEN = [*SIX_STEPS, Step.CONDITIONS]
# what a proposer does that the desk has to read
NEWS = [(kind, kind.label) for kind in (Kind.REPLY, Kind.REVISED, Kind.VERDICT)]
UNREAD = {
    Kind.FIRST_CONTACT,
    Kind.RELATED,
    Kind.HANDOVER,
    Kind.MEETING,
}  # what the desk writes down without reading the case
REVISABLE = DESK_STEPS  # what the section decides on at ⑥ stays as it is
LEFT_EARLY = [Step.WITHDRAWN, Step.OUT_OF_SCOPE, Step.HANDED_ON]

HOLDER_AT = {
    Step.INTAKE: Holder.DESK,
    Step.SORTING: Holder.DESK,
    Step.HEARING: Holder.DESK,  # while a section has not answered: that section
    Step.MATCHING: Holder.DESK,
    Step.LOGIC_MODEL: Holder.DESK,
    Step.DECISION: Holder.DECIDER,
    Step.CONDITIONS: Holder.SECTION,
}
# Usual open days for a step (domain.md §5, item 6); internal, never shown to the public.
TIME_TO_UNDO = timedelta(minutes=10)  # one's own last move; its letter waits as long
OPEN_DAYS_AT = {
    Step.INTAKE: 1,
    Step.SORTING: 3,
    Step.HEARING: 7,
    Step.MATCHING: 10,
    Step.LOGIC_MODEL: 10,
    Step.DECISION: 60,
    Step.CONDITIONS: 60,
}
# The same six steps in the words of the public page: name, and what happens there.
PUBLIC_WORDS = {
    Step.INTAKE: ("受付", "提案・相談を受け取り、受付番号をお渡しします"),
    Step.SORTING: ("内容の整理", "お話をうかがい、要点を一緒に整えます"),
    Step.HEARING: ("関係課への確認", "関係しそうな課に、窓口から一度に尋ねます"),
    Step.MATCHING: ("引き合わせ", "一緒に取り組む課や地域の団体と会います"),
    Step.LOGIC_MODEL: ("道すじの試作", "誰に何が起きるかを1枚の図にします"),
    Step.DECISION: ("担当課の判断", "進めるかどうかは、担当する課が決めます"),
}


# fmt: off
WORKFLOW = Workflow((
    #          name                source            target             who        button                      record        reason guard
    Transition("accept",           Step.INTAKE,      Step.SORTING,      Role.DESK, "受付を完了する",            Kind.MOVE,    False, guards.to_leave_intake),
    Transition("start_hearing",    Step.SORTING,     Step.HEARING,      Role.DESK, "関係課ヒアリングへ進める",  Kind.MOVE,    False, guards.to_leave_sorting),
    Transition("start_matching",   Step.HEARING,     Step.MATCHING,     Role.DESK, "マッチング・調整へ進める",  Kind.MOVE,    False, guards.to_leave_hearing),
    Transition("start_model",      Step.MATCHING,    Step.LOGIC_MODEL,  Role.DESK, "試行ロジックモデルへ進める", Kind.MOVE,   False, guards.to_leave_matching),
    Transition("refer",            Step.LOGIC_MODEL, Step.DECISION,     Role.DESK, "所管課の判断に付す",        Kind.MOVE,    False, guards.to_leave_logic_model),
    # going back, always with a reason
    Transition("back_to_intake",   Step.SORTING,     Step.INTAKE,       Role.DESK, "受付へ戻す",                Kind.MOVE,    True),
    Transition("back_to_sorting",  Step.HEARING,     Step.SORTING,      Role.DESK, "内容整理へ戻す",            Kind.MOVE,    True),
    Transition("back_to_hearing",  Step.MATCHING,    Step.HEARING,      Role.DESK, "関係課ヒアリングへ戻す",    Kind.MOVE,    True),
    Transition("back_to_matching", Step.LOGIC_MODEL, Step.MATCHING,     Role.DESK, "マッチング・調整へ戻す",    Kind.MOVE,    True),
    Transition("back_to_model",    Step.DECISION,    Step.LOGIC_MODEL,  Role.HEAD, "窓口へ差し戻す",            Kind.MOVE,    True),
    # ⑥ belongs to the head of the section in charge alone
    Transition("go",               Step.DECISION,    Step.ADOPTED,      Role.HEAD, "採用（案件化する）",        Kind.VERDICT, False, guards.to_adopt, Verdict.ADOPTED),
    Transition("go_if",            Step.DECISION,    Step.CONDITIONS,   Role.HEAD, "条件付採用",                Kind.VERDICT, True,  guards.to_adopt, Verdict.CONDITIONAL),
    Transition("in_principle",     Step.DECISION,    Step.IN_PRINCIPLE, Role.HEAD, "趣旨採用",                  Kind.VERDICT, True,  guards.to_decide, Verdict.IN_PRINCIPLE),
    Transition("continue",         Step.DECISION,    Step.MATCHING,     Role.HEAD, "継続協議（④へ戻る）",       Kind.VERDICT, True,  guards.to_decide, Verdict.CONTINUED),
    Transition("no_go",            Step.DECISION,    Step.DECLINED,     Role.HEAD, "見送り",                    Kind.VERDICT, True,  guards.to_decide, Verdict.DECLINED),
    Transition("fulfil",           Step.CONDITIONS,  Step.ADOPTED,      Role.HEAD, "条件がそろった（案件化する）", Kind.CONDITIONS_MET, False, guards.to_fulfil),
    Transition("lapse",            Step.CONDITIONS,  Step.DECLINED,     Role.HEAD, "条件がそろわず見送る",      Kind.VERDICT, True,  verdict=Verdict.DECLINED),
    # leaving early
    *(Transition("withdraw",     step, Step.WITHDRAWN,    Role.DESK, "取下げを受ける", Kind.VERDICT, True, verdict=Verdict.WITHDRAWN) for step in OPEN),
    *(Transition("withdraw_own", step, Step.WITHDRAWN,    ActedAs.PROPOSER, "提案を取り下げる", Kind.VERDICT, False, verdict=Verdict.WITHDRAWN) for step in OPEN),
    *(Transition("out_of_scope", step, Step.OUT_OF_SCOPE, Role.DESK, "対象外とする（次の窓口を示す）", Kind.VERDICT, True, verdict=Verdict.OUT_OF_SCOPE) for step in DESK_STEPS),
    *(Transition("hand_on",      step, Step.HANDED_ON,    Role.DESK, "ほかの制度・窓口へ引き継ぐ", Kind.HANDED_ON, True, guards.to_hand_on) for step in (Step.INTAKE, Step.SORTING)),
    *(Transition("merge",        step, Step.MERGED,       Role.DESK, "重複として1つにまとめる", Kind.MERGED, True) for step in DESK_STEPS),
    Transition("unmerge", Step.MERGED, Step.INTAKE, Role.DESK, "まとめたのをやめて、受付からやり直す", Kind.REOPENED, True),
    # a "no" is a seed: taking a case up again
    *(Transition("reopen", step, Step.INTAKE,  Role.DESK, "受付からやり直す", Kind.REOPENED, True) for step in LEFT_EARLY),
    *(Transition("reopen", step, Step.HEARING, Role.DESK, "関係課ヒアリングから再開する", Kind.REOPENED, True) for step in (Step.IN_PRINCIPLE, Step.DECLINED)),
    Transition("reopen", Step.ADOPTED, Step.HEARING, Role.DESK, "開始前に中止した案件を再開する", Kind.REOPENED, True, guards.to_reopen_adopted),
))
# fmt: on

TO_ANNOUNCE = sorted({row.verdict for row in WORKFLOW if row.role == Role.HEAD and row.verdict})
DECISIONS = ["go", "go_if", "in_principle", "continue", "no_go"]

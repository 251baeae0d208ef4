"""The four phases of a TRIP as one table: every move, who makes it, what it needs first."""

from django.db import models

from cityhall.models import Role
from cityhall.workflow import Transition, Workflow
from trips import guards


class Phase(models.TextChoices):
    """Where a TRIP stands: the four phases of the 補足資料, or over."""

    GATE = "gate", "①出会い（Gate）"
    TRIAL = "trial", "②TRIP 1"
    RESULT = "result", "③成果"
    NEXT = "next", "④新たなTRIP"
    ENDED = "ended", "終了"
    CANCELLED = "cancelled", "中止"


class Kind(models.TextChoices):
    """What a record of a TRIP tells."""

    OPENED = "opened", "開設"
    JOINED = "joined", "案件の参加"
    LEFT = "left", "案件の離脱"
    LEAD = "lead", "主に担当する課"
    MOVE = "move", "段階の移動"
    CANCELLED = "cancelled", "開始前の中止"
    REVIVED = "revived", "中止の訂正"
    STOPPED = "stopped", "開始後の中止"
    ENDED = "ended", "終了"
    REVIEW_DAY = "review_day", "ふり返りの予定"
    EVENT = "event", "出来事"
    RESULT = "result", "生まれたもの"
    PARTNER = "partner", "一緒に旅をする団体"
    LINK = "link", "旅のつながり"
    EVENT_LINK = "event_link", "出来事のつながり"
    RESTED = "rested", "休止"
    RESUMED = "resumed", "再開"
    MILESTONE = "milestone", "節目"
    REPORT = "report", "定期報告"
    FILE = "file", "写真・書類"
    TOLD = "told", "終わりの知らせ"
    DUTY = "duty", "残る務め"
    RECONTACT = "recontact", "また会う日"
    MET_AGAIN = "met_again", "また会えた"


FOUR_PHASES = [Phase.GATE, Phase.TRIAL, Phase.RESULT, Phase.NEXT]
STARTED = [Phase.TRIAL, Phase.RESULT, Phase.NEXT]
OVER = [Phase.ENDED, Phase.CANCELLED]
# What happens in a phase, in the words of the 補足資料.
PHASE_WORDS = {
    Phase.GATE: "相談・提案",
    Phase.TRIAL: "試行・連携拡大・検証",
    Phase.RESULT: "事業化・実装・関係の深化",
    Phase.NEXT: "広がり・新たな展開",
}

# fmt: off
WORKFLOW = Workflow((
    #          name             source        target           who        button                      record          reason guard
    Transition("start",         Phase.GATE,   Phase.TRIAL,     Role.HEAD, "TRIP 1を始める",           Kind.MOVE,      False, guards.to_start),
    Transition("bear",          Phase.TRIAL,  Phase.RESULT,    Role.HEAD, "③成果へ進める",            Kind.MOVE,      False, guards.to_bear),
    Transition("go_on",         Phase.RESULT, Phase.NEXT,      Role.HEAD, "④新たなTRIPへ進める",      Kind.MOVE,      False, guards.to_go_on),
    # going back, always with a reason
    Transition("back_to_trial", Phase.RESULT, Phase.TRIAL,     Role.HEAD, "試行へ戻す",               Kind.MOVE,      True),
    # a rest on the way: the phase stays
    *(Transition("rest",        phase,        phase,           Role.HEAD, "休止する",                 Kind.RESTED,    True,  guards.to_rest) for phase in STARTED),
    *(Transition("resume",      phase,        phase,           Role.HEAD, "再開する",                 Kind.RESUMED,   True,  guards.to_resume) for phase in STARTED),
    # the end
    *(Transition("end",         phase,        Phase.ENDED,     Role.HEAD, "終了する",                 Kind.ENDED,     True,  guards.to_end) for phase in STARTED),
    *(Transition("stop",        phase,        Phase.CANCELLED, Role.HEAD, "中止する",                 Kind.STOPPED,   True,  guards.to_stop) for phase in STARTED),
    Transition("cancel",        Phase.GATE,   Phase.CANCELLED, Role.HEAD, "始める前に中止する",       Kind.CANCELLED, True),
))
# fmt: on

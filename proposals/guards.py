"""What must be there before a move: each guard names what is missing, in words for the desk."""

from proposals import stances


def to_leave_intake(proposal) -> list[str]:
    """① → ②: a 相談 becomes a 提案 first."""
    return [] if proposal.is_proposal else ["「相談」を「提案」に切り替える"]


def to_leave_sorting(proposal) -> list[str]:
    """② → ③: the eligibility gate is passed and at least one section is asked."""
    missing = []
    if not proposal.is_eligible:
        missing.append("受付の確かめ（対象になるか）を済ませる")
    if not proposal.hearings.exists():
        missing.append("つなぐシートを1つ以上の課へ送る")
    return missing


def to_leave_hearing(proposal) -> list[str]:
    """③ → ④: every section has answered, or need not, with a reason; conflicts stand put together."""
    return _to_wait_for(proposal) or to_consolidate(proposal)


def _to_wait_for(proposal) -> list[str]:
    waiting = [hearing for hearing in proposal.hearings.all() if hearing.is_open]
    return [f"{hearing.department}の返事（待たないときは、その理由）" for hearing in waiting]


def to_consolidate(proposal) -> list[str]:
    """Conflicting answers need the desk's own words, newer than the last of them; what is out goes first."""
    if not stances.differ(proposal.hearings.all()):
        return []
    brought = getattr(proposal, "last_of_answers", None)  # a page that reads much has it beside the case
    is_done = (brought or of_answers(proposal.records.all()).first()) == "consolidated"
    return [] if is_done else [*_to_wait_for(proposal), "分かれた課の返事を、窓口の言葉でまとめる"]


def of_answers(records):
    """The kinds of those records that are about answers of sections, the newest first."""
    about = records.filter(kind__in=("answered", "consolidated"))
    return about.order_by("-sequence").values_list("kind", flat=True)


def to_leave_matching(proposal) -> list[str]:
    """④ → ⑤: a section in charge; answers that came since and conflict stand put together."""
    return ([] if proposal.department else ["所管課を決める"]) + to_consolidate(proposal)


def to_leave_logic_model(proposal) -> list[str]:
    """⑤ → ⑥: a fixed 試行版 of the logic model, and what leaving ④ asks for."""
    missing = to_leave_matching(proposal)
    if not proposal.logic_model_fixed_at:
        missing.append("ロジックモデルの試行版をつくる")
    return missing


def to_decide(proposal) -> list[str]:
    """⑥: every section in joint charge (共管) has said whether it agrees; the lead comes last."""
    waiting = proposal.joint_sections.filter(agrees__isnull=True).select_related("department")
    return [f"{joint.department}（共管）の同意・不同意" for joint in waiting]


def to_adopt(proposal) -> list[str]:
    """採用 and 条件付採用: and none of them disagrees."""
    against = proposal.joint_sections.filter(agrees=False).select_related("department")
    return to_decide(proposal) + [
        f"{joint.department}（共管）の同意。同意のないままでは、採用できません" for joint in against
    ]


def to_hand_on(proposal) -> list[str]:
    """Handing on as "not a proposal to this desk" ends at the eligibility gate; after it, it is 対象外."""
    return ["受付の確かめの後は「対象外とする」を使う"] if proposal.is_eligible else []


def to_fulfil(proposal) -> list[str]:
    """条件待ち → 採用: every condition met or waived."""
    return [
        f"条件「{condition.text}」を満たすか、免じる" for condition in proposal.conditions.current().open()
    ]


def to_reopen_adopted(proposal) -> list[str]:
    """An adopted case is taken up again only when it was cancelled before it started."""
    return [] if proposal.cancelled_on else ["開始前の中止を記録する"]

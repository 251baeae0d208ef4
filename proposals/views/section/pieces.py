"""What the pages of this room show of a case, in words: where it stands, what was proposed and answered."""

from cityhall import access
from cityhall.models import PostingKind, Role
from cityhall.templatetags.zama import short_date
from proposals import stances
from proposals.clock import Clock
from proposals.models import Decision, Hearing, Proposal, ProposalRecord
from proposals.models.clocks import clocks
from proposals.services.hearings import ASKED_AT
from proposals.views.section.days import Due, Today
from proposals.workflow import Holder, Kind, Step

NOBODY = "終わっています"


# --- 状況帯 ---------------------------------------------------------------


def case_strip(proposal: Proposal, today: Today, **more) -> dict:
    """Where a case stands; `more` are the strip's notes and task."""
    due = today.due(proposal.due_on)
    return {
        "step": proposal.get_step_display(),
        "holder": proposal.holder,
        "turn": turn(proposal),
        "since": short_date(proposal.holder_since_on),
        "since_note": today.since(proposal.holder_since_on) if proposal.is_open else "",
        "until": due.day if proposal.is_open else "期限はありません",
        "until_note": due.note,
        "late": due.is_late,
        **more,
    }


def decision_notes(seen: dict) -> dict:
    """Under the step and the turn at ⑥: whether it is decided anew, who decides together, who never does."""
    notes = {"turn_note": "窓口は判断できません"}
    if seen["earlier"]:
        notes["step_note"] = f"再検討（{seen['earlier']['round'] + 1}回目）"
    if held := seen["joint"]:
        said = " ／ ".join(f"{joint['department']}：{joint['word']}" for joint in held)
        notes["turn_note"] = f"{len(held) + 1}つの課がそろって決まります。{said}"
        if waiting := still_to_answer(seen):
            notes["turn"] = "・".join(f"{section}の所属長" for section in waiting)
    return notes


def still_to_answer(seen: dict) -> list[str]:
    """The sections in joint charge whose answer is out."""
    return [joint["department"] for joint in seen["joint"] if not joint["on"]]


def turn(proposal: Proposal) -> str:
    """Who acts next, by name."""
    if proposal.holder == Holder.DECIDER:
        return f"{proposal.department}の所属長"
    if proposal.holder == Holder.SECTION and proposal.step == Step.CONDITIONS:
        return str(proposal.department)
    if proposal.holder == Holder.SECTION:
        asked = proposal.hearings.open().select_related("department")
        return "・".join(str(sheet.department) for sheet in asked)
    return proposal.get_holder_display() or ended(proposal)


def ended(proposal: Proposal) -> str:
    """What a closed case waits for: nothing, or the journey that follows."""
    return "案件化しました" if proposal.adopted_on else NOBODY


def sheet_strip(sheet: Hearing, today: Today) -> dict:
    """What is asked of this section, since when and until when; or of the proposer, for whom it waits."""
    clock = clocks([sheet], today=today.day, closed=today.closed)[sheet.pk]
    is_open = sheet.is_open and sheet.proposal.is_open
    about = {"step_label": "お願い", "step": sheet.get_request_display()}
    if is_open and clock.pause:
        return about | _proposers_turn(clock, today)
    due = today.due(clock.due_on)
    return about | {
        "holder": Holder.SECTION if is_open else "",
        "turn": str(sheet.department) if is_open else "返事済み" if sheet.answer else NOBODY,
        "since": short_date(sheet.asked_on),
        "since_note": f"{clock.days}開庁日{'たちました' if is_open else 'かかりました'}"
        if clock.days
        else "",
        "until": due.day,
        "until_note": _until_note(clock, due) if is_open else "",
        "late": is_open and clock.is_late(today.day),
        "mine": is_open,
    }


def _proposers_turn(clock: Clock, today: Today) -> dict:
    return {
        "holder": Holder.PROPOSER,
        "turn": Holder.PROPOSER.label,
        "turn_note": "課からのお尋ねに、返事を待っています",
        "since": short_date(clock.pause.first),
        "since_note": f"課の日数は{clock.days}開庁日で止まっています",
        "until": today.due(clock.pause.due_on).day,
        "until_note": "課の期限は、返事が届くとその分だけ延びます",
    }


def _until_note(clock: Clock, due: Due) -> str:
    moved = f"（尋ねた{clock.paused_days}開庁日を除く）" if clock.paused_days else ""
    return due.note + moved


# --- 関係課の返事 -----------------------------------------------------------


def answers(user, proposal: Proposal) -> dict:
    """Each section's answer; till all have answered a section reads its own, and of one it passed on."""
    sheets = list(proposal.hearings.numbered().select_related("department", "passed_to__department"))
    own = access.departments_of(user, Role.MEMBER, Role.HEAD)
    is_waiting = proposal.is_open and any(sheet.is_open for sheet in sheets)
    is_sealed = is_waiting and not _reads_early(user, proposal)
    own_keys = {key for s in sheets if s.department in own for key in (s.pk, s.passed_to_id)}
    rows = [
        {
            "sheet": sheet,
            "word": "返事待ち" if sheet.is_open else "返事済み" if sheet.answer else "待たない",
            "is_shown": not sheet.is_open and (not is_sealed or sheet.pk in own_keys),
        }
        for sheet in sheets
    ]
    return {
        "answers": rows,
        "is_sealed": is_sealed,
        "is_differing": not is_waiting and stances.differ(sheets),
        "consolidated": _consolidated(proposal),
    }


def _consolidated(proposal: Proposal) -> ProposalRecord | None:
    """The desk's newest words on what the sections answered."""
    told = proposal.records.effective().filter(kind=Kind.CONSOLIDATED)
    return told.select_related("text").order_by("-sequence").first()


def _reads_early(user, proposal: Proposal) -> bool:
    """The desk, a manager, and from ⑤ on the head of the section in charge, who decides on all answers."""
    if access.has_role(user, Role.DESK, Role.MANAGER):
        return True
    return proposal.step not in ASKED_AT and heads(user, proposal)


def heads(user, proposal: Proposal) -> bool:
    """Whether this person heads the section in charge."""
    section = proposal.department
    return section is not None and access.posting_for(user, Role.HEAD, department=section) is not None


def authority(user, proposal: Proposal) -> str:
    """決裁区分 of this person's verdict: 代決 for whoever acts for the head."""
    posting = access.posting_for(user, Role.HEAD, department=proposal.department)
    is_acting = posting is not None and posting.kind == PostingKind.ACTING
    return Decision.Authority.ACTING if is_acting else Decision.Authority.OWN

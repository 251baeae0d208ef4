"""The panels of a case's page that are the desk's own: what is like it, where it was sent on, its seeds."""

from cityhall.panels import Panel
from proposals.desk import introductions, kin, seeds
from proposals.desk.opened import Opened
from proposals.pointers import RESTING, SENT_ON
from proposals.schemes import BY_KEY
from proposals.services.joint import NAMED_AT
from proposals.workflow import Step

MET_AT = (Step.HEARING, Step.MATCHING, Step.LOGIC_MODEL)
MATCHED_AT = (Step.MATCHING, Step.LOGIC_MODEL)


def panels(opened: Opened) -> list[Panel]:
    """Those this case has something for."""
    found = (
        relations(opened),
        introduced(opened),
        matched(opened),
        next_place(opened),
        deciding(opened),
        seeds_of(opened),
    )
    return [panel for panel in found if panel]


def relations(opened: Opened) -> Panel:
    """つながり: what belongs to the case, and on arrival what is like it."""
    context = kin.kin(opened)
    title = "似ている案件・つながり" if context["similar"] else "つながり"
    return Panel(title, "proposals/desk/_kin_panel.html", context, order=3, anchor="relations")


def introduced(opened: Opened) -> Panel | None:
    """引き合わせ: who could be met, who was, and what came of it."""
    lines, case = introductions.of_case(opened.case), opened.case
    if not lines and case.step not in MET_AT:
        return None
    context = {"case": case, "lines": lines, "may_meet": case.is_open and not case.is_held}
    return Panel(
        "引き合わせ", "proposals/desk/_introductions_panel.html", context, order=1, anchor="introductions"
    )


def matched(opened: Opened) -> Panel | None:
    """組み合わせ: what the sides do together, and each side's own gain."""
    case, match = opened.case, getattr(opened.case, "match", None)
    if match is None and case.step not in MATCHED_AT:
        return None
    context = {
        "case": case,
        "match": match,
        "parties": introductions.parties_of(case),
        "may_write": case.step in MATCHED_AT,
    }
    return Panel("組み合わせ", "proposals/desk/_match_panel.html", context, order=2, anchor="match")


def next_place(opened: Opened) -> Panel | None:
    """次の窓口: where a case was sent on, and who was told there."""
    if opened.case.step not in SENT_ON:
        return None
    sent_on = next((record for record in opened.records if record.data.get("next_place")), None)
    context = {
        "case": opened.case,
        "scheme": BY_KEY.get(sent_on.data.get("scheme")) if sent_on else None,
        "told": [record for record in opened.records if record.data.get("handed_to")],
    }
    return Panel("次の窓口", "proposals/desk/_handed_panel.html", context, order=19, anchor="next-place")


def deciding(opened: Opened) -> Panel | None:
    """判断の準備: what the desk sees to before the section decides, from ④ to ⑥."""
    case = opened.case
    if case.step not in (*NAMED_AT, Step.DECISION):
        return None
    is_before = case.step == Step.DECISION
    context = {
        "case": case,
        "may_name": case.step in NAMED_AT,
        "log": getattr(case, "fairness", None),
        "may_prepare": is_before,
        "draft": getattr(case, "decision_draft", None),
    }
    return Panel("判断の準備", "proposals/desk/_deciding_panel.html", context, order=45, anchor="deciding")


def seeds_of(opened: Opened) -> Panel | None:
    """種の条件: when a closed case shall be looked at again."""
    if opened.case.step not in RESTING:
        return None
    case = opened.case
    context = {"lines": seeds.lines(case), "case": case, "reopen_url": seeds.reopening(case)}
    return Panel("種の条件", "proposals/desk/_seeds_panel.html", context, order=20, anchor="seeds")

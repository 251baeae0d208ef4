"""What waits for a section, and until when: sheets, decisions ⑥, consents in joint charge, conditions.

Other floors bring theirs by the panel "section.waiting".
Letters that remind ask here; a page says the same in its own words (`views/section/todo`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from cityhall import calendar
from cityhall.models import Department
from cityhall.panels import panels_for
from proposals.models import Condition, Hearing, JointSection, Proposal
from proposals.models.clocks import clocks
from proposals.workflow import OPEN, Holder, Step

DAYS_BEFORE, DAYS_AFTER = 2, 1
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a section (待っていること); `key` names it for ever.

    `case` is what it belongs to: a case, or something of another floor with a number and a title.
    """

    key: str
    what: str
    case: Proposal
    department: Department
    since: date
    due_on: date | None
    page: str
    is_for_heads: bool = False
    rests: bool = False
    numbered: str = "受付番号"  # what its number is called


def letter_due(one: Waiting, today: date, closed: frozenset[date] = frozenset()) -> str:
    """The letter that should have left by today: the reminder up to the due day, the chaser after it, or "".

    It says the same on each later day, so that a day without beat is made up for. Nothing is due on the day
    of asking, or while the section's days rest.
    """
    if one.due_on is None or one.rests or one.since >= today:
        return ""
    left = calendar.count_open_days(today, one.due_on, closed)
    if today <= one.due_on:
        return BEFORE if left <= DAYS_BEFORE else ""
    return AFTER if -left >= DAYS_AFTER else ""


def waiting(today: date, closed: frozenset[date], *, sections=None) -> list[Waiting]:
    """All that waits for these sections, or for any; in as many statements for one as for many."""
    mine = Q() if sections is None else Q(department__in=sections)
    found = [*_sheets(mine, today, closed), *_decisions(mine), *_consents(mine), *_conditions(sections)]
    for panel in panels_for("section.waiting", sections, None):
        found += panel.context["waiting"]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.case.number, one.key))


def _sheets(mine: Q, today: date, closed) -> Iterator[Waiting]:
    sheets = Hearing.objects.open().filter(mine, proposal__step__in=OPEN).numbered()
    sheets = list(sheets.select_related("proposal", "department"))
    standing = clocks(sheets, today=today, closed=closed)
    for sheet in sheets:
        yield Waiting(
            key=f"sheet:{sheet.pk}",
            what="つなぐシートのお返事",
            case=sheet.proposal,
            department=sheet.department,
            since=sheet.asked_on,
            due_on=standing[sheet.pk].due_on,
            page=reverse("section:sheet", args=[sheet.proposal.number, sheet.running]),
            rests=standing[sheet.pk].is_paused,
        )


def _decisions(mine: Q) -> Iterator[Waiting]:
    cases = Proposal.objects.filter(mine, step=Step.DECISION, department__isnull=False)
    for case in cases.select_related("department"):
        page = reverse("section:decide", args=[case.number])
        yield _of_case(case, case.department, f"decision:{case.pk}", "案件化判断（⑥）", page)


def _consents(mine: Q) -> Iterator[Waiting]:
    joints = JointSection.objects.filter(mine, agrees__isnull=True, proposal__step=Step.DECISION)
    for joint in joints.select_related("proposal", "department"):
        page = reverse("section:consent", args=[joint.proposal.number])
        yield _of_case(joint.proposal, joint.department, f"consent:{joint.pk}", "共管の同意の記録", page)


def _of_case(case: Proposal, department, key: str, what: str, page: str) -> Waiting:
    """Due with the case; while somebody else holds it, its day is not the section's."""
    return Waiting(
        key=key,
        what=what,
        case=case,
        department=department,
        since=case.holder_since_on,
        due_on=case.due_on,
        page=page,
        is_for_heads=True,
        rests=case.holder == Holder.PROPOSER,
    )


def _conditions(sections) -> Iterator[Waiting]:
    """Those of one decision that are due on one day are one thing to see to."""
    left = Condition.objects.current().open().filter(proposal__step=Step.CONDITIONS)
    left = left.filter(proposal__department__isnull=False).order_by("pk")
    if sections is not None:
        left = left.filter(proposal__department__in=sections)
    left = left.select_related("proposal__department", "decision")
    for one in {(condition.decision_id, condition.due_on): condition for condition in left}.values():
        yield Waiting(
            key=f"conditions:{one.decision_id}",
            what="採用の条件の確かめ",
            case=one.proposal,
            department=one.proposal.department,
            since=one.decision.decided_on,
            due_on=one.due_on,
            page=reverse("section:conditions", args=[one.proposal.number]),
            is_for_heads=True,
        )

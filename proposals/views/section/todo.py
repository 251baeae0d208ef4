"""What is asked of a person's sections: sheets, decisions, conditions; late first, then by due date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse

from cityhall import access
from cityhall.models import Department, Role
from proposals.clock import Pause
from proposals.models import Hearing, Proposal
from proposals.models.clocks import clocks
from proposals.views.section.days import Due, Today
from proposals.workflow import OPEN, Holder


@dataclass(frozen=True)
class ToDo:
    """One thing asked of a section (すること); in a `pause` it is the proposer's turn."""

    kind: str
    case: Proposal
    section: Department
    why: str
    verb: str
    url: str
    due: Due
    pause: Pause | None = None


def things_to_do(user, sections: list[Department], today: Today) -> list[ToDo]:
    """Everything asked of these sections; whoever heads them decides, members prepare."""
    found = [*_sheets(user, sections, today), *_decisions(user, sections, today), *_conditions(user, today)]
    found += _consents(user, today)
    return sorted(found, key=lambda thing: (thing.due.on or date.max, thing.case.number))


def _sheets(user, sections, today) -> Iterator[ToDo]:
    sheets = Hearing.objects.of(sections).open().filter(proposal__step__in=OPEN).numbered()
    sheets = list(sheets.select_related("proposal__organization", "department", "draft__handed_up_by"))
    standing = clocks(sheets, today=today.day, closed=today.closed)
    for sheet in sheets:
        verb, why = _how_far(user, sheet)
        yield ToDo(
            kind="つなぐシート",
            case=sheet.proposal,
            section=sheet.department,
            why=f"「{sheet.get_request_display()}」　{sheet.proposal.organization}{why}",
            verb=verb,
            url=reverse("section:sheet", args=[sheet.proposal.number, sheet.running]),
            due=today.due(standing[sheet.pk].due_on),
            pause=standing[sheet.pk].pause,
        )


def _how_far(user, sheet: Hearing) -> tuple[str, str]:
    """What to press, and what there is to know of the answer on its way."""
    draft = getattr(sheet, "draft", None)
    if draft is None or not draft.is_handed_up:
        return "返事を書く", ""
    heads = access.posting_for(user, Role.HEAD, department=sheet.department)
    return "確かめる" if heads else "返事を見る", f"　{draft.handed_up_by.name}さんが課長の確認を待っています"


def _pause(case: Proposal) -> Pause | None:
    """While the proposer of a case at ⑥ is asked, its day is not the section's."""
    is_asked = case.holder == Holder.PROPOSER
    return Pause(case.holder_since_on, due_on=case.due_on) if is_asked else None


def _decisions(user, sections, today) -> Iterator[ToDo]:
    heads = set(access.departments_of(user, Role.HEAD))
    waiting = Proposal.objects.awaiting_decision_of(sections).with_people()
    drafts = ("decision_draft__saved_by", "decision_draft__returned_by")
    for case in waiting.select_related(*drafts).prefetch_related("joint_sections__department"):
        is_head = case.department in heads
        verb, why = _how_decided(case, is_head)
        yield ToDo(
            kind="判断" if is_head else "判断の下書き",
            case=case,
            section=case.department,
            why=why,
            verb=verb,
            url=reverse("section:decide", args=[case.number]),
            due=today.due(case.due_on),
            pause=_pause(case),
        )


def _how_decided(case: Proposal, is_head: bool) -> tuple[str, str]:
    """What to press, and who is waited for: the own head, other words, sections in joint charge."""
    draft = getattr(case, "decision_draft", None)
    open_ones = [str(joint.department) for joint in case.joint_sections.all() if joint.agrees is None]
    waits = f"　共管の{'・'.join(open_ones)}の答えを待っています" if open_ones else ""
    if draft and draft.handed_at:
        return (
            "確かめる" if is_head else "下書きを見る",
            f"{draft.saved_by.name}さんの下書きが、所属長の確認を待っています{waits}",
        )
    if draft and draft.returned_by and not is_head:
        return "書き直す", f"{draft.returned_by.name}さんが、下書きの書き直しを頼んでいます{waits}"
    if is_head:
        return (
            "判断する",
            waits.strip() or "所属長だけが行えます。読むもの：提案・関係課の返事・ロジックモデル",
        )
    return "下書きを書く", f"所属長が確かめると、判断になります{waits}"


def _consents(user, today) -> Iterator[ToDo]:
    heads = set(access.departments_of(user, Role.HEAD))
    waiting = Proposal.objects.awaiting_consent_of(user).with_people()
    for case in waiting.prefetch_related("joint_sections__department"):
        open_ones = (joint for joint in case.joint_sections.all() if joint.agrees is None)
        yield ToDo(
            kind="共管の同意",
            case=case,
            section=next(joint.department for joint in open_ones if joint.department in heads),
            why=f"主管課は{case.department}です。共管の課の答えがそろってから、主管課が判断します",
            verb="読んで答える",
            url=reverse("section:consent", args=[case.number]),
            due=today.due(case.due_on),
            pause=_pause(case),
        )


def _conditions(user, today) -> Iterator[ToDo]:
    is_current = Q(conditions__decision__followed_by__isnull=True)
    is_open = is_current & Q(conditions__met_on__isnull=True, conditions__waived_on__isnull=True)
    waiting = Proposal.objects.awaiting_conditions_of(user).with_people()
    for case in waiting.annotate(
        all_conditions=Count("conditions", filter=is_current),
        open_conditions=Count("conditions", filter=is_open),
        first_due_on=Min("conditions__due_on", filter=is_open),
    ):
        yield ToDo(
            kind="条件の確認",
            case=case,
            section=case.department,
            why=_conditions_left(case),
            verb="確かめる",
            url=reverse("section:conditions", args=[case.number]),
            due=today.due(case.first_due_on or case.due_on),
        )


def _conditions_left(case) -> str:
    if case.open_conditions:
        return f"条件{case.all_conditions}つのうち、{case.open_conditions}つがまだです"
    return "条件がすべて確かめられました。案件化を記録してください"

"""つなぐシート on a case's page: how far each has come, what sections want to know, where they differ."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from cityhall.templatetags.zama import short_date
from proposals import stances
from proposals.clock import Clock
from proposals.models import Hearing, Proposal, ProposalRecord
from proposals.views.section.days import Today
from proposals.workflow import Kind


def shown(case: Proposal, today: Today, standing: dict[int, Clock], records: list[ProposalRecord]) -> dict:
    """The piece of the page; `standing` are the clocks of the sheets, `records` are newest first."""
    sheets = list(case.hearings.all())
    wanted = sheets if case.is_open else []  # after the end nobody is asked
    prefetch_related_objects(wanted, "questions")
    return {
        "sheets": [_line(sheet, standing[sheet.pk], today) for sheet in sheets],
        "sheets_in_words": in_words(sheets),
        "wishes": [wish for sheet in wanted for wish in sheet.questions.all() if wish.is_open],
        **_stances(sheets, records),
    }


def _line(sheet: Hearing, clock: Clock, today: Today) -> dict:
    """Its answer, how long it took or waits, its gist."""
    return {
        "sheet": sheet,
        "word": sheet.get_answer_display() or _without_answer(sheet, clock),
        "is_late": sheet.is_open and clock.is_late(today.day),
        "due_on": clock.due_on,
        "days": _days(sheet, clock),
        "gist": "　".join(filter(None, [sheet.answer_text, _when(sheet), sheet.waived_reason])),
        "tellable": sheet.get_tellable_display(),
        "next": "　".join(filter(None, [sheet.next_step, sheet.next_when])),
    }


def _without_answer(sheet: Hearing, clock: Clock) -> str:
    if sheet.waived_on:
        return "返事を待たない"
    return "▲提案者の番" if clock.is_paused else "まだ"


def _days(sheet: Hearing, clock: Clock) -> str:
    rested = f"（尋ねた{clock.paused_days}日を除く）" if clock.paused_days else ""
    if sheet.ended_on:
        return f"{short_date(sheet.ended_on)}に済み・{clock.days}日{rested}"
    return f"{clock.days}日 経過{rested}" + ("・提案者に尋ねて止まっています" if clock.is_paused else "")


def _when(sheet: Hearing) -> str:
    return f"いつなら：{sheet.possible_when}" if sheet.possible_when else ""


def in_words(sheets: Iterable[Hearing]) -> str:
    """3つの課に尋ねて、2つ届きました."""
    sheets = list(sheets)
    here = sum(1 for sheet in sheets if not sheet.is_open)
    return f"{len(sheets)}つの課に尋ねて、{here}つ済みました" if sheets else "まだ尋ねていません"


def _stances(sheets: list[Hearing], records: Iterable[ProposalRecord]) -> dict:
    """Whether they differ, and the desk's words on it: the newest, and whether answers came after them."""
    last = next((r for r in records if r.kind in (Kind.ANSWERED, Kind.CONSOLIDATED)), None)
    words = next((r for r in records if r.kind == Kind.CONSOLIDATED), None)
    differ = stances.differ(sheets)
    return {
        "differing": [sheet for sheet in sheets if sheet.answer and sheet.answer != "other"]
        if differ
        else [],
        "consolidated": words,
        "is_consolidated": words is not None and last is words,
        "can_consolidate": any(s.answer for s in sheets) and not any(s.is_open for s in sheets),
    }

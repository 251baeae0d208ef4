"""The clocks of sheets, read from the questions put for a section and from answers it took back."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from cityhall import calendar, closures
from proposals import clock
from proposals.clock import Clock, Pause
from proposals.models.hearing import Hearing
from proposals.models.message import Message
from proposals.models.record import ProposalRecord
from proposals.workflow import Kind


def clocks(
    sheets: Iterable[Hearing], *, today: date | None = None, closed: frozenset[date] | None = None
) -> dict[int, Clock]:
    """The clock of each sheet by its key, in as many statements for one as for many."""
    sheets = list(sheets)
    if not sheets:
        return {}
    today = today or timezone.localdate()
    closed = closures.closed_days() if closed is None else closed
    rests = _pauses(sheets)
    return {
        sheet.pk: clock.read(
            sheet.asked_on,
            sheet.due_on,
            until=sheet.ended_on or today,
            pauses=rests[sheet.pk],
            closed=closed,
            is_open=sheet.is_open,
        )
        for sheet in sheets
    }


def _pauses(sheets: list[Hearing]) -> dict[int, list[Pause]]:
    """While a question of the section lay with the proposer, and while its answer stood."""
    found, cases = defaultdict(list), {sheet.proposal_id for sheet in sheets}
    asked = Message.objects.filter(proposal__in=cases, asks=True).select_related("wished__hearing")
    for message in asked:
        pause = Pause(calendar.jst_date(message.sent_at), _day(message.answered_at))
        wished = getattr(message, "wished", None)
        section = wished.hearing.department_id if wished else message.department_id
        for sheet in sheets:
            if (sheet.proposal_id, sheet.department_id) == (message.proposal_id, section):
                found[sheet.pk].append(pause)
    taken_back = ProposalRecord.objects.effective().filter(subject__in=cases, kind=Kind.TAKEN_BACK)
    for record in taken_back:
        found[record.data["sheet"]].append(Pause(date.fromisoformat(record.data["answered_on"]), record.on))
    return found


def _day(moment) -> date | None:
    return calendar.jst_date(moment) if moment else None

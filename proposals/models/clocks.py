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
    sheets: Iterable[Hearing],
    *,
    today: date | None = None,
    closed: frozenset[date] | None = None,
    messages: Iterable[Message] | None = None,
    records: Iterable[ProposalRecord] | None = None,
) -> dict[int, Clock]:
    """The clock of each sheet by its key, in as many statements for one as for many.

    `messages` (with what they were `wished` by) and `records` of the cases, where they are read already.
    """
    sheets = list(sheets)
    if not sheets:
        return {}
    today = today or timezone.localdate()
    closed = closures.closed_days() if closed is None else closed
    rests = _pauses(sheets, messages, records)
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


def _pauses(sheets, messages, records) -> dict[int, list[Pause]]:
    """While a question of the section lay with the proposer, and while its answer stood."""
    found, cases = defaultdict(list), {sheet.proposal_id for sheet in sheets}
    if messages is None:
        messages = Message.objects.filter(proposal__in=cases, asks=True).select_related("wished__hearing")
    if records is None:
        told = ProposalRecord.objects.effective().filter(subject__in=cases)
        records = told.filter(kind=Kind.TAKEN_BACK)
    for message in messages:
        for sheet in sheets:
            if message.asks and (message.proposal_id, _whose(message)) == (
                sheet.proposal_id,
                sheet.department_id,
            ):
                asked_on, answered_on = calendar.jst_date(message.sent_at), _day(message.answered_at)
                found[sheet.pk].append(Pause(asked_on, answered_on, message.due_on))
    for record in records:
        if record.kind == Kind.TAKEN_BACK:
            answered_on = date.fromisoformat(record.data["answered_on"])
            found[record.data["sheet"]].append(Pause(answered_on, record.on))
    return found


def _whose(question: Message) -> int | None:
    """The section whose question it is, also where its name is not told."""
    wished = getattr(question, "wished", None)
    return wished.hearing.department_id if wished else question.department_id


def _day(moment) -> date | None:
    return calendar.jst_date(moment) if moment else None

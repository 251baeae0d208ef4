"""The store behind the ledger import: a row becomes a case, a changed row a correction of its records."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cityhall import records
from cityhall.models import ActedAs, Department
from cityhall.workflow import lock
from proposals.ledger.events import Event, entered_on, events, with_steps
from proposals.ledger.rows import Row
from proposals.models import Contact, LedgerRow, Origin, Proposal, ProposalRecord, Submission, Track
from proposals.services.intake import find_organization, next_case_number
from proposals.workflow import Kind

REASON = "台帳の訂正"
NOT_YET = 10**9  # the place of a record still to be written: after all others
WHO_AND_WHAT = {"件名", "団体名", "団体区分", "法人番号"}


def open_case(row: Row, *, department: Department | None, original: Proposal | None) -> Proposal:
    """A new case from a row, numbered in the 年度 in which it arrived; what the ledger lacks stays empty."""
    proposal = Proposal(
        number=next_case_number(row.arrived_on),
        origin=Origin.LEDGER,
        organization=_organization(row),
        title=row.title,
        department=department,
        next_place=row.handed_on_to,
        merged_into=original,
        step_entered_on=row.first_contact_on,
    )
    records.begin(proposal, _first_records(proposal, with_steps(_in_order(events(row, department), {}))))
    Submission.objects.create(proposal=proposal, organization_name=row.organization, title=row.title)
    Contact.objects.create(proposal=proposal)
    LedgerRow.objects.create(proposal=proposal, key=row.key, values=row.as_values(), remarks=row.remarks)
    return proposal


def _first_records(proposal: Proposal, planned: list[Event]) -> Iterator[dict]:
    """The events one after another as records, the case standing at each; at the end where the row stands."""
    for event in planned:
        proposal.step = event.target
        yield {"actor": ActedAs.LEDGER, **_as_record(event)}
    _stand_at(proposal, planned)


def correct_case(
    known: LedgerRow, row: Row, *, department: Department | None, original: Proposal | None
) -> Proposal:
    """Correct a known case: records that no longer hold are superseded with the reason 台帳の訂正."""
    proposal = lock(known.proposal)
    changed = {heading for heading, value in row.as_values().items() if known.values.get(heading) != value}
    changed |= {"備考"} if row.remarks != known.remarks else set()
    known.values, known.remarks = row.as_values(), row.remarks
    known.save()
    if changed & WHO_AND_WHAT:
        _rename(proposal, row)
    if "所管課" in changed:
        proposal.department = department
    if "移送先" in changed:
        proposal.next_place = row.handed_on_to
    _tell(proposal, events(row, department), original, reason=REASON)
    _append(proposal, kind=Kind.NOTE, text=REASON, data={"columns": sorted(changed)})
    return proposal


def tell_original(double: Proposal) -> None:
    """Tell a double's first contact of its original, too, and take it back when it is a double no more."""
    effective = ProposalRecord.objects.effective().select_related("subject")
    told = effective.filter(kind=Kind.FIRST_CONTACT, data__double=double.number).first()
    on, into = double.first_contact_on, double.merged_into
    if told and (told.subject, told.on) == (into, on):
        return
    if told and told.subject != into:
        _append(lock(told.subject), kind=Kind.NOTE, on=told.on, supersedes=told, text=REASON)
        told = None
    if into:
        data = {"double": double.number}
        _append(lock(into), kind=Kind.FIRST_CONTACT, on=on, supersedes=told, data=data)


def _organization(row: Row):
    return find_organization(name=row.organization, kind=row.kind, corporate_number=row.corporate_number)


def _rename(proposal: Proposal, row: Row) -> None:
    Submission.objects.create(
        proposal=proposal,
        version=proposal.latest_submission.version + 1,
        organization_name=row.organization,
        title=row.title,
    )
    proposal.title, proposal.organization = row.title, _organization(row)


def _tell(proposal: Proposal, wanted: list[Event], original: Proposal | None, reason: str) -> None:
    """Bring the ledger's records of a case in line with the row, and set the step at which the row stands."""
    ours = proposal.records.effective().filter(acted_as=ActedAs.LEDGER, data__has_key="slot")
    told = {record.data["slot"]: record for record in ours.select_related("department")}
    is_taken_further = proposal.records.exclude(acted_as=ActedAs.LEDGER).exclude(source="").exists()
    planned = with_steps(_in_order(wanted, told))
    if is_taken_further:  # the desk has moved it since: the row corrects days and verdicts, never the step
        planned = [replace(e, target=told[e.slot].target if e.slot in told else "") for e in planned]
    if original:
        proposal.merged_into = original
    for event in _to_write(planned, told):
        _write(proposal, event, told.get(event.slot), reason, keeps_step=is_taken_further)
    if not is_taken_further:
        proposal.merged_into = original
        _stand_at(proposal, planned)
    proposal.save()


def _in_order(wanted: list[Event], told: dict[str, ProposalRecord]) -> list[Event]:
    """The events as the fold takes them; a told record that the row no longer holds becomes a mere note."""
    slots = {event.slot for event in wanted}
    gone = [Event(slot, Kind.NOTE, record.on) for slot, record in told.items() if slot not in slots]
    place = {slot: record.place for slot, record in told.items()}
    return sorted([*wanted, *gone], key=lambda event: (event.on, place.get(event.slot, NOT_YET)))


def _to_write(planned: Iterable[Event], told: dict[str, ProposalRecord]) -> list[Event]:
    """The events no record tells yet; a first contact that moves to a later day goes last."""
    todo = [event for event in planned if not _is_told(event, told.get(event.slot))]
    return sorted(todo, key=lambda e: e.slot == "first_contact" and e.slot in told and e.on > told[e.slot].on)


def _is_told(event: Event, record: ProposalRecord | None) -> bool:
    return record is not None and (
        (record.kind, record.on, record.verdict, record.department, record.target)
        == (event.kind, event.on, event.verdict, event.department, event.target)
    )


def _write(proposal: Proposal, event: Event, told, reason: str, *, keeps_step: bool) -> None:
    if event.slot == "received" and event.kind == Kind.NOTE:
        proposal.track = Track.CONSULTATION
    if not keeps_step:
        proposal.step = event.target
    columns = _as_record(event) | ({"source": ""} if keeps_step else {})
    _append(proposal, text=reason, supersedes=told, **columns)


def _as_record(event: Event) -> dict:
    return {
        "kind": event.kind,
        "on": event.on,
        "data": {"slot": event.slot},
        "verdict": event.verdict,
        "department": event.department,
        "source": event.source,
    }


def _append(proposal: Proposal, **columns) -> ProposalRecord:
    return records.append(proposal, actor=ActedAs.LEDGER, **columns)


def _stand_at(proposal: Proposal, planned: list[Event]) -> None:
    proposal.step, proposal.step_entered_on = planned[-1].target, entered_on(planned)
    proposal.holder, proposal.holder_since_on = proposal.whose_turn(), proposal.step_entered_on
    proposal.due_on = None  # the old ledger set no deadline

"""A case as a row of the 受付台帳, as the import reads it; number, step, turn and due day beside it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from cityhall.models import ActedAs
from proposals.ledger.columns import COLUMNS, HEADINGS
from proposals.models import Proposal, ProposalRecord
from proposals.queries import with_turn
from proposals.workflow import Holder, Kind

BESIDE = ["受付番号", "段階", "いまの番", "期限", "担当"]
ALL_COLUMNS = [*HEADINGS, *BESIDE]
DAYS = {column.heading for column in COLUMNS if column.empty is None or column.name.endswith("_on")}
# what the desk may do to a case of the old ledger without making its row untrue
BESIDE_THE_ROW = {Kind.NOTE, Kind.HANDOVER, Kind.RELATED, Kind.SEED, Kind.QUESTION, Kind.MESSAGE, Kind.REPLY}


def rows(cases: QuerySet[Proposal]) -> Iterable[list]:
    """The rows of these cases, in as many statements for one as for many."""
    verdicts = ProposalRecord.objects.effective().filter(kind=Kind.VERDICT).order_by("place", "sequence")
    later = ProposalRecord.objects.filter(subject=OuterRef("pk")).exclude(acted_as=ActedAs.LEDGER)
    cases = with_turn(cases).select_related("ledger_row", "merged_into__ledger_row")
    cases = cases.annotate(has_moved=Exists(later.exclude(kind__in=BESIDE_THE_ROW)))
    return map(_row, cases.prefetch_related(Prefetch("records", verdicts, to_attr="verdicts")))


def _row(case: Proposal) -> list:
    known = getattr(case, "ledger_row", None)
    told = _as_taken_in(known) if known and not case.has_moved else _as_it_is(case, known)
    beside = [case.number, case.get_step_display(), _turn(case), case.due_on or "", str(case.officer or "")]
    return [*(told.get(heading) or "" for heading in HEADINGS), *beside]


def _as_taken_in(known) -> dict:
    cells = {heading: _day(value) if heading in DAYS else value for heading, value in known.values.items()}
    return cells | {"備考": known.remarks}


def _as_it_is(case: Proposal, known) -> dict:
    firm, old = case.organization, known.values if known else {}
    return {
        "番号": _key(case),
        "区分": case.get_track_display(),
        "件名": case.title,
        "団体名": old.get("団体名") or firm.name,
        "団体区分": firm.get_kind_display(),
        "法人番号": firm.corporate_number,
        "初回相談日": case.first_contact_on,
        "受付日": case.received_on,
        "庁内調整開始日": case.coordination_started_on,
        "所管課": case.department.name if case.department else "",
        **_verdicts(case),
        "TRIP番号": old.get("TRIP番号"),
        "重複元": _key(case.merged_into) if case.merged_on else "",
        "移送先": case.next_place if case.transferred_on else "",
        "備考": known.remarks if known else "",
    }


def _verdicts(case: Proposal) -> dict:
    """The ledger has room for two: the last, and what it followed."""
    *_, first, second = [None, None, *case.verdicts]
    if first is None:
        first, second = second, None
    if first is None:
        return {}
    return {
        "判断": first.get_verdict_display(),
        "判断日": first.on,
        "条件充足日": case.conditions_met_on,
        "再開日": case.reopened_on,
        "再判断": second.get_verdict_display() if second else "",
        "再判断日": second.on if second else None,
        "開始前中止日": case.cancelled_on,
    }


def _key(case: Proposal) -> str:
    known = getattr(case, "ledger_row", None)
    return known.key if known else case.number


def _turn(case: Proposal) -> str:
    if case.holder == Holder.SECTION:
        return case.waiting_for or str(case.department or "")
    return case.get_holder_display()


def _day(text: str) -> date | str:
    return date.fromisoformat(text) if text else ""

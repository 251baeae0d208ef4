"""A row of the 受付台帳: read cell by cell, then as a whole, without asking the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from proposals.ledger.cells import Problem, read_cells
from proposals.ledger.columns import COLUMNS, HEADING_OF
from proposals.models import OrganizationKind, Track
from proposals.workflow import Verdict

PROJECT_VERDICTS = (Verdict.ADOPTED, Verdict.CONDITIONAL)


@dataclass(frozen=True)
class Row:
    """A row whose every cell could be read (台帳の1行)."""

    key: str
    track: Track
    title: str
    organization: str
    kind: OrganizationKind
    corporate_number: str
    first_contact_on: date
    received_on: date | None
    coordination_started_on: date | None
    department: str
    verdict: Verdict | str
    verdict_on: date | None
    conditions_met_on: date | None
    reopened_on: date | None
    second_verdict: Verdict | str
    second_verdict_on: date | None
    cancelled_on: date | None
    project: str
    duplicate_of: str
    handed_on_to: str
    remarks: str

    @property
    def arrived_on(self) -> date:
        """The day whose 年度 the number carries: 受付日, of a 相談 初回相談日."""
        return self.received_on or self.first_contact_on

    @property
    def department_on(self) -> date:
        """The day on which the section must have existed."""
        return self.verdict_on or self.coordination_started_on or self.arrived_on

    @property
    def last_verdict(self) -> tuple[Verdict | str, date | None]:
        """The verdict that counts in the end, and its day."""
        if self.second_verdict:
            return self.second_verdict, self.second_verdict_on
        return self.verdict, self.verdict_on

    def as_values(self) -> dict[str, str]:
        """The row in one way of writing, so that two readings can be compared; free text stays apart."""
        said = {HEADING_OF[name]: value for name, value in vars(self).items() if name != "remarks"}
        return {heading: _written(value) for heading, value in said.items()}


def _written(value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "label", value or "")


def read(cells: dict[str, str]) -> tuple[Row | None, list[Problem]]:
    """The row in these cells, or what is wrong with them."""
    values, problems = read_cells(COLUMNS, cells)
    if problems:
        return None, problems
    row = Row(**values)
    return row, list(contradictions(row))


def contradictions(row: Row) -> Iterator[Problem]:
    """What the cells of a row cannot mean together (ledger.md, "Refused")."""
    yield from _arrival(row)
    yield from _verdicts(row)
    yield from _second_verdict(row)
    yield from _after_the_verdict(row)
    yield from _others(row)


def _arrival(row: Row) -> Iterator[Problem]:
    if row.track == Track.PROPOSAL and not row.received_on:
        yield Problem("受付日", "提案には受付日が必要です。")
    if row.track == Track.CONSULTATION and row.received_on:
        yield Problem(
            "受付日", "相談には受付日を書きません。提案になったときは、区分を「提案」にしてください。"
        )
    for heading, on in (("受付日", row.received_on), ("庁内調整開始日", row.coordination_started_on)):
        if on and on < row.first_contact_on:
            yield Problem(heading, "初回相談日より前の日です。")


def _verdicts(row: Row) -> Iterator[Problem]:
    for heading, verdict, on in (
        ("判断", row.verdict, row.verdict_on),
        ("再判断", row.second_verdict, row.second_verdict_on),
    ):
        if verdict and not on:
            yield Problem(f"{heading}日", f"{heading}があるのに、日がありません。")
        if on and not verdict:
            yield Problem(heading, f"{heading}日があるのに、{heading}がありません。")
    if row.verdict_on and row.verdict_on < row.arrived_on:
        yield Problem("判断日", "受付日（相談では初回相談日）より前の日です。")


def _second_verdict(row: Row) -> Iterator[Problem]:
    if row.reopened_on and not row.verdict:
        yield Problem("再開日", "判断がないのに、再開日があります。")
    if row.reopened_on and row.verdict_on and row.reopened_on < row.verdict_on:
        yield Problem("再開日", "判断日より前の日です。")
    if not row.second_verdict_on:
        return
    if not row.verdict:
        yield Problem("再判断", "判断がないのに、再判断があります。")
    elif not row.reopened_on and row.verdict != Verdict.CONTINUED:
        yield Problem("再開日", "再判断には再開日が必要です（判断が継続協議のときを除く）。")
    if row.reopened_on and row.reopened_on > row.second_verdict_on:
        yield Problem("再開日", "再判断日より後の日です。")
    if row.verdict_on and row.second_verdict_on < row.verdict_on:
        yield Problem("再判断日", "判断日より前の日です。")


def _after_the_verdict(row: Row) -> Iterator[Problem]:
    verdict, on = row.last_verdict
    if row.conditions_met_on:
        if verdict != Verdict.CONDITIONAL:
            yield Problem("条件充足日", "最後の判断が条件付採用のときだけ書けます。")
        elif on and row.conditions_met_on < on:
            yield Problem("条件充足日", "条件付採用の日より前の日です。")
    if row.cancelled_on:
        if verdict not in PROJECT_VERDICTS:
            yield Problem("開始前中止日", "最後の判断が採用か条件付採用のときだけ書けます。")
        elif on and row.cancelled_on < on:
            yield Problem("開始前中止日", "採用の日より前の日です。")


def _others(row: Row) -> Iterator[Problem]:
    if row.project and not {row.verdict, row.second_verdict} & set(PROJECT_VERDICTS):
        yield Problem("TRIP番号", "採用されていない案件に、TRIP番号は書けません。")
    if row.duplicate_of and row.handed_on_to:
        yield Problem("重複元", "重複元と移送先は、どちらか1つにしてください。")
    if row.duplicate_of == row.key:
        yield Problem("重複元", "自分自身の番号です。")

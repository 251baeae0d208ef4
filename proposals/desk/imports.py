"""What the pages of a 表の取込み say for each kind of table: columns, rows, where its things are listed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from cityhall import closures
from proposals.ledger import consequences
from proposals.ledger import resources as town
from proposals.ledger import supports as given
from proposals.ledger.consequences import FATE, Cell, Line
from proposals.ledger.report import Outcome, Reading
from proposals.models import LedgerRow, Resource, TableImport

Kind = TableImport.Kind
Row = tuple[Outcome, Reading, dict[str, str]]
UNASKED = "紹介してよいかを聞くまで、窓口だけに出ます。"


@dataclass(frozen=True)
class Words:
    """What a kind of table is called (表の言葉); `lines` makes the rows of its preview."""

    key: str
    columns: tuple[str, ...]
    lines: Callable[[list[Row]], list[Line]]
    after: str
    listed: str
    headings: tuple[str, ...] = ()

    @property
    def list_url(self) -> str:
        return reverse(self.listed)


def _ledger_lines(rows: list[Row]) -> list[Line]:
    keys = [reading.key for _, reading, _ in rows]
    known = {row.key: row.values for row in LedgerRow.objects.filter(key__in=keys)}
    closed = closures.closed_days()
    return [consequences.line_of(o, r, typed, known.get(r.key), closed) for o, r, typed in rows]


def _plain_lines(rows: list[Row], columns: Iterable[str]) -> list[Line]:
    return [_line(columns, *row) for row in rows]


def _line(columns: Iterable[str], outcome: Outcome, reading: Reading, typed: dict) -> Line:
    wrong = {problem.column for problem in reading.problems}
    changes = getattr(reading.row, "changes", {}) if outcome == Outcome.CHANGED else {}
    was = {town.HEADING_OF[name]: _was(reading.row.known, name) for name in changes}
    cells = [Cell(typed.get(one, ""), was.get(one), one in wrong) for one in columns]
    says = [str(problem) for problem in reading.problems] or _notes(outcome, reading, columns, was)
    return Line(reading.line, reading.key, outcome, cells, FATE[outcome], says)


def _was(known: Resource, name: str) -> str:
    return str(town.cells(known)[town.HEADING_OF[name]])


def _notes(outcome: Outcome, reading: Reading, columns: Iterable[str], was: dict) -> list[str]:
    row = reading.row
    if not isinstance(row, town.ResourceRow):
        return []
    hidden = [heading for heading in was if heading not in columns]
    told = [f"{'、'.join(hidden)}も変わります。"] if hidden else []
    if outcome == Outcome.NEW and row.values["consent"] in ("", Resource.Consent.NOT_ASKED):
        told.append(UNASKED)
    if row.alike:
        told.append(f"名前の似た団体「{row.alike}」があります。同じ団体なら、名前をそろえてください。")
    return told


RESOURCE_COLUMNS = ("活動の分野", "区域", "紹介してよいか")
SUPPORT_COLUMNS = ("提供者", "受け手", "目的", "実施日", "窓口経由")
WORDS = {
    Kind.LEDGER: Words(
        "番号",
        consequences.COLUMNS,
        _ledger_lines,
        "取り込んだ案件の段階は、台帳の日付でさかのぼり、記録に「台帳」と残ります。",
        "admin:proposals_proposal_changelist",
    ),
    Kind.RESOURCES: Words(
        "団体名",
        RESOURCE_COLUMNS,
        lambda rows: _plain_lines(rows, RESOURCE_COLUMNS),
        "空欄は、いまの登録を変えません。登録から外した団体は、新しく「紹介してよい」と聞くまで入りません。",
        "admin:proposals_resource_changelist",
        tuple(town.HEADINGS),
    ),
    Kind.SUPPORTS: Words(
        "提供者→受け手",
        SUPPORT_COLUMNS,
        lambda rows: _plain_lines(rows, SUPPORT_COLUMNS),
        "実施日が空欄の行は、約束として入ります。同じ行が2つあっても、1回として数えます。",
        "admin:proposals_support_changelist",
        tuple(given.HEADINGS),
    ),
}

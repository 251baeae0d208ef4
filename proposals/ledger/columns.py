"""The columns of the 受付台帳: what each holds, and how a cell is read (ledger.md, "The file")."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import EnumType

from cityhall import calendar, text
from proposals.models import OrganizationKind, Track
from proposals.workflow import Verdict


@dataclass(frozen=True)
class Column:
    """A column (列): its heading, the attribute of a Row, how a cell is read, what an empty cell means."""

    heading: str
    name: str
    read: Callable
    empty: object = ""
    is_needed: bool = False


def line(longest: int) -> Callable[[str], str]:
    """A reader of one line kept as typed; refuses a longer one."""

    def read(cell: str) -> str:
        typed = text.clean(cell)
        if len(typed) > longest:
            raise ValueError(f"{longest}字までにしてください（いま{len(typed)}字）。")
        return typed

    return read


def code(longest: int) -> Callable[[str], str]:
    """A reader of a number or name in which the spaces around it mean nothing."""
    read = line(longest)
    return lambda cell: read(cell.strip())


def remarks(cell: str) -> str:
    """Free text of several lines, as typed."""
    return text.clean(cell, multiline=True)


def word(choices: EnumType, *, but: tuple = ()) -> Callable:
    """A reader of one of the labels; refuses any other word."""
    known = {unicodedata.normalize("NFKC", choice.label): choice for choice in choices if choice not in but}

    def read(cell: str):
        found = known.get(unicodedata.normalize("NFKC", cell).strip())
        if found is None:
            raise ValueError(
                f"「{cell}」は使えない言葉です。使える言葉：{'・'.join(c.label for c in known.values())}"
            )
        return found

    return read


def day(cell: str) -> date:
    """A date in any of the desk's ways of writing; refuses one the calendar does not know."""
    found = calendar.parse_date(cell)
    if not calendar.FIRST <= found <= calendar.LAST:
        raise ValueError(
            f"「{cell}」は、{calendar.FIRST.year}年から{calendar.LAST.year}年までの日ではありません。"
        )
    return found


KIND = word(OrganizationKind, but=(OrganizationKind.CITY,))
# fmt: off
COLUMNS = (
    Column("番号",           "key",                     code(40), is_needed=True),
    Column("区分",           "track",                   word(Track), is_needed=True),
    Column("件名",           "title",                   line(500), is_needed=True),
    Column("団体名",         "organization",            line(300), is_needed=True),
    Column("団体区分",       "kind",                    KIND, OrganizationKind.OTHER),
    Column("法人番号",       "corporate_number",        text.corporate_number),
    Column("初回相談日",     "first_contact_on",        day, None, is_needed=True),
    Column("受付日",         "received_on",             day, None),
    Column("庁内調整開始日", "coordination_started_on", day, None),
    Column("所管課",         "department",              code(60)),
    Column("判断",           "verdict",                 word(Verdict)),
    Column("判断日",         "verdict_on",              day, None),
    Column("条件充足日",     "conditions_met_on",       day, None),
    Column("再開日",         "reopened_on",             day, None),
    Column("再判断",         "second_verdict",          word(Verdict)),
    Column("再判断日",       "second_verdict_on",       day, None),
    Column("開始前中止日",   "cancelled_on",            day, None),
    Column("TRIP番号",       "project",                 code(40)),
    Column("重複元",         "duplicate_of",            code(40)),
    Column("移送先",         "handed_on_to",            code(100)),
    Column("備考",           "remarks",                 remarks),
)
# fmt: on
HEADINGS = [column.heading for column in COLUMNS]
NEEDED = [column.heading for column in COLUMNS if column.is_needed]
HEADING_OF = {column.name: column.heading for column in COLUMNS}

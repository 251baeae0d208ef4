"""The columns of the 受付台帳: what each holds, and what an empty cell means (ledger.md, "The file")."""

from cityhall import text
from proposals.ledger.cells import Column, code, day, line, remarks, word
from proposals.models import OrganizationKind, Track
from proposals.workflow import Verdict

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

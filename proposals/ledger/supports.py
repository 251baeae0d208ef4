"""The table of 地域活動支援: who did what for whom, and when (ledger.md, "activities")."""

from enum import Enum

from proposals.ledger.cells import Column, day, line, word
from proposals.ledger.columns import KIND
from proposals.models import OrganizationKind


class ViaDesk(Enum):
    """Whether the desk arranged it (窓口経由)."""

    YES = True
    NO = False

    @property
    def label(self) -> str:
        return "はい" if self.value else "いいえ"


COLUMNS = (
    Column("提供者", "provider", line(300), is_needed=True),
    Column("提供者区分", "provider_kind", KIND, is_needed=True),
    Column("受け手", "recipient", line(300), is_needed=True),
    Column("受け手区分", "recipient_kind", word(OrganizationKind), is_needed=True),
    Column("目的", "purpose", line(200), is_needed=True),
    Column("実施日", "on", day, None),
    Column("窓口経由", "via_desk", word(ViaDesk), is_needed=True),
)
HEADINGS = [column.heading for column in COLUMNS]

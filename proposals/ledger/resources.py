"""The table of 地域資源: a row for an organisation or one of its activities, as the 4市 survey asks."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cityhall import text
from proposals import town
from proposals.ledger.cells import Column, day, line, remarks, word
from proposals.models import OrganizationKind, Resource

Consent = Resource.Consent
LONGEST_ADDRESS = 254
SAID = {"はい": Consent.YES, "いいえ": Consent.NO}


def words(known: list[str]) -> Callable[[str], list[str]]:
    """A reader of several of the words, parted by 、 or a comma, in the survey's order; refuses others."""
    folded = {unicodedata.normalize("NFKC", one): one for one in known}

    def read(cell: str) -> list[str]:
        parts = re.split(r"[、,;/\n]", unicodedata.normalize("NFKC", cell))
        said = {part.strip() for part in parts} - {""}
        if strange := sorted(said - folded.keys()):
            told = "、".join(known)
            raise ValueError(f"「{'、'.join(strange)}」は使えない言葉です。{told}から選んでください。")
        return [one for key, one in folded.items() if key in said]

    return read


def consent(cell: str) -> Consent:
    """紹介してよい・まだ聞いていない・紹介しない, or はい・いいえ."""
    return SAID.get(cell.strip()) or word(Consent)(cell)


def mail(cell: str) -> str:
    """An address for letters; refuses what is none."""
    typed = unicodedata.normalize("NFKC", cell).strip()
    if len(typed) > LONGEST_ADDRESS:
        raise ValueError(f"{LONGEST_ADDRESS}字までにしてください（いま{len(typed)}字）。")
    try:
        validate_email(typed)
    except ValidationError:
        raise ValueError(f"「{cell}」はメールアドレスとして読めません。") from None
    return typed


def paragraph(longest: int) -> Callable[[str], str]:
    """A reader of several lines; refuses longer ones."""

    def read(cell: str) -> str:
        typed = remarks(cell)
        if len(typed) > longest:
            raise ValueError(f"{longest}字までにしてください（いま{len(typed)}字）。")
        return typed

    return read


# fmt: off
COLUMNS = (
    Column("団体名",           "organization",      line(300), is_needed=True),
    Column("団体区分",         "organization_kind", word(OrganizationKind), is_needed=True),
    Column("法人番号",         "corporate_number",  text.corporate_number),
    Column("活動名",           "name",              line(100)),
    Column("活動の内容",       "told",              paragraph(600)),
    Column("活動の分野",       "activities",        words(town.ACTIVITIES), is_needed=True),
    Column("支援の形",         "forms",             words(town.FORMS)),
    Column("区域",             "areas",             words(town.AREAS), is_needed=True),
    Column("場所",             "place",             line(200)),
    Column("曜日・時間",       "days",              line(100)),
    Column("出せるもの",       "offers",            line(200)),
    Column("求めるもの",       "wants",             line(200)),
    Column("受けられる数",     "capacity",          line(100)),
    Column("その数を聞いた日", "capacity_on",       day, None),
    Column("連絡する人",       "contact_name",      line(60)),
    Column("メールアドレス",   "email",             mail),
    Column("電話番号",         "phone",             text.phone),
    Column("紹介してよいか",   "consent",           consent),
    Column("それを聞いた日",   "consent_on",        day, None),
    Column("内容を確かめた日", "verified_on",       day, None),
)
# fmt: on
HEADINGS = [column.heading for column in COLUMNS]
NEEDED = [column.heading for column in COLUMNS if column.is_needed]
HEADING_OF = {column.name: column.heading for column in COLUMNS}
PRIVATE = frozenset(HEADING_OF[name] for name in ("contact_name", "email", "phone"))
OPEN = [heading for heading in HEADINGS if heading not in PRIVATE]


@dataclass
class ResourceRow:
    """A row as read (登録の行): its values, the entry it is of, and what it would change there."""

    values: dict
    known: Resource | None = None
    changes: dict[str, object] = field(default_factory=dict)
    alike: str = ""


def cells(resource: Resource) -> dict:
    """An entry as a row of the table, as the import reads it."""
    told = {
        "organization": resource.organization.name,
        "organization_kind": resource.organization.get_kind_display(),
        "corporate_number": resource.organization.corporate_number,
        "consent": resource.get_consent_display(),
    }
    return {
        column.heading: _cell(told.get(column.name, getattr(resource, column.name, ""))) for column in COLUMNS
    }


def _cell(value):
    return "、".join(value) if isinstance(value, list) else value or ""

"""地域資源 taken in from a table: a new row is an entry, a changed one puts right; a second time is nothing.

An empty cell changes nothing, and what was heard on an older day never stands over what was heard since.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cityhall import text
from cityhall.refusal import NotAllowed
from cityhall.tables import Table
from proposals.ledger.cells import Problem, check_headings, read_cells
from proposals.ledger.report import Outcome, Reading, Report
from proposals.ledger.resources import COLUMNS, HEADING_OF, HEADINGS, NEEDED, ResourceRow
from proposals.models import Resource
from proposals.services import resources

Consent = Resource.Consent
KEEP = ("name", "kind")  # by these an entry is known
COLUMNS_OF = [name for name in (*resources.TOLD, *resources.CONTACT) if name not in KEEP]
DAYS = ("consent_on", "verified_on", "capacity_on")
Key = tuple[str, str, str]


def preview(table: Table) -> Report:
    """What taking the table in would do; refuses a file that is none of these, and stores nothing."""
    check_headings(table, NEEDED)
    kept, left = _known()
    names = {key[0]: one.organization.name for key, one in kept.items()}
    lines: dict[Key, int] = {}
    report = Report([], [heading for heading in table.columns if heading not in HEADINGS])
    for line, typed in zip(table.lines, table.rows, strict=True):
        values, problems = read_cells(COLUMNS, typed)
        row = ResourceRow(values)
        reading = Reading(line, _called(typed), row, problems)
        if not problems:
            _compare(reading, kept, left, lines)
            row.alike = "" if row.known else _alike(row, names)
        report.rows.append((_outcome(reading), reading))
    return report


def _called(typed: dict[str, str]) -> str:
    names = (typed.get(heading, "").strip() for heading in ("団体名", "活動名"))
    return "　".join(filter(None, names))


def _known() -> tuple[dict[Key, Resource], dict[Key, date]]:
    """The entries there are, and the days others left; each by organisation, its kind and activity."""
    kept, left = {}, {}
    rows = Resource.objects.select_related("organization__merged_into")
    for one in rows.order_by("removed_on", "pk"):
        key = _key(one.organization.living.name, one.organization.living.kind, one.name)
        if one.removed_on:
            left[key] = one.removed_on
        elif not one.organization.merged_into_id:
            kept[key] = one
            kept.setdefault(_key(one.organization.name, one.organization.kind, one.name), one)
    return kept, left


def _key(organization: str, kind: str, name: str) -> Key:
    return text.name_key(organization), str(kind), name


def _compare(reading: Reading, kept: dict, left: dict, lines: dict) -> None:
    row = reading.row
    key = _key(row.values["organization"], row.values["organization_kind"], row.values["name"])
    reading.problems += _impossible(row.values)
    if key in lines:
        reading.problems.append(Problem("団体名", f"{lines[key]}行目と同じ団体・活動です。"))
    lines.setdefault(key, reading.line)
    row.known = kept.get(key)
    if row.known:
        row.changes = _changes(row)
    elif key in left and not (row.values["consent"] == Consent.YES and _heard_since(row, left[key])):
        on = f"{left[key].month}月{left[key].day}日"
        reading.problems.append(Problem("団体名", resources.ASKED_TO_LEAVE.format(on)))


def _heard_since(row: ResourceRow, day: date) -> bool:
    return bool(row.values["consent_on"]) and row.values["consent_on"] >= day


def _impossible(values: dict) -> list[Problem]:
    today = timezone.localdate()
    told = [
        Problem(HEADING_OF[name], "今日までの日にしてください。")
        for name in DAYS
        if values[name] and values[name] > today
    ]
    if values["consent"] in (Consent.YES, Consent.NO) and not values["consent_on"]:
        told.append(Problem(HEADING_OF["consent_on"], "紹介してよいかを聞いた日を書いてください。"))
    return told


def _changes(row: ResourceRow) -> dict:
    """What the row says otherwise, or has heard since; an empty cell says nothing."""
    said, known = row.values, row.known
    changes = {name: said[name] for name in COLUMNS_OF if said[name] and said[name] != getattr(known, name)}
    if said["consent_on"] and said["consent_on"] > (known.consent_on or date.min):
        changes |= {name: said[name] for name in ("consent", "consent_on")}
    if said["verified_on"] and said["verified_on"] > (known.verified_on or date.min):
        changes["verified_on"] = said["verified_on"]
    return changes


def _alike(row: ResourceRow, names: dict[str, str]) -> str:
    """An organisation whose name holds this one's, or is held by it: perhaps a double."""
    key = text.name_key(row.values["organization"])
    near = (name for name in names if name != key and min(len(name), len(key)) > 3)
    return next((names[name] for name in near if key in name or name in key), "")


def _outcome(reading: Reading) -> Outcome:
    if not reading.is_good:
        return Outcome.REFUSED
    if reading.row.known is None:
        return Outcome.NEW
    return Outcome.CHANGED if reading.row.changes else Outcome.SAME


def store_row(outcome: Outcome, reading: Reading, *, by) -> Outcome:
    """Store one row whole, or refuse it with the reason among its problems."""
    try:
        with transaction.atomic():
            _add(reading.row, by) if outcome == Outcome.NEW else _put_right(reading.row, by)
    except IntegrityError:
        reading.problems.append(Problem("行", "ほかの取込みと重なりました。もう一度取り込んでください。"))
        return Outcome.REFUSED
    except (NotAllowed, ValidationError) as refusal:
        reading.problems.append(Problem("行", " ".join(getattr(refusal, "messages", [str(refusal)]))))
        return Outcome.REFUSED
    return outcome


def _add(row: ResourceRow, by) -> None:
    said = {name: value for name, value in row.values.items() if not name.startswith(("org", "corp"))}
    said["kind"] = Resource.Kind.ACTIVITY if said["name"] else Resource.Kind.ORGANIZATION
    said["consent"] = said["consent"] or Consent.NOT_ASKED
    if said["consent"] == Consent.NOT_ASKED:
        said["consent_on"] = None
    organization = {
        "name": row.values["organization"],
        "kind": row.values["organization_kind"],
        "corporate_number": row.values["corporate_number"],
    }
    resources.add(organization, by=by, **said)


def _put_right(row: ResourceRow, by) -> None:
    changes = dict(row.changes)
    heard = {name: changes.pop(name, None) for name in ("consent", "consent_on", "verified_on")}
    if changes:
        resources.change(row.known, by=by, **changes)
    if heard["consent"]:
        resources.say_consent(row.known, by=by, consent=heard["consent"], on=heard["consent_on"])
    if heard["verified_on"]:
        resources.verify(row.known, by=by, on=heard["verified_on"])

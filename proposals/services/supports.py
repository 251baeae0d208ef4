"""地域活動支援: promised, delivered, a wrong day taken back; and whole tables of them (KPI 5)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall import access, records
from cityhall.models import Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.tables import Table
from cityhall.templatetags.zama import short_date
from cityhall.text import is_blank, name_key
from cityhall.workflow import lock
from proposals.ledger.cells import Problem, check_headings, read_cells
from proposals.ledger.report import Outcome, Reading, Report
from proposals.ledger.supports import COLUMNS, HEADINGS
from proposals.models import Delivery, OrganizationRecord, Proposal, Support
from proposals.models.support import not_counted
from proposals.services.intake import find_organization

TWICE = "同じ提供者・受け手・目的の支援が、もうあります。新しい実施は、その支援に足してください。"
ONESELF = "提供者と受け手が同じ団体です。"


class NotCounted(NotAllowed):
    """It would be kept and not counted; whoever means it says so."""


@transaction.atomic
def promise(
    *,
    by,
    provider: dict,
    recipient: dict,
    purpose: str,
    promised_on: date,
    promise: str = "",
    proposal: Proposal | None = None,
    is_sure: bool = False,
) -> Support:
    """Take down what a provider promises a recipient, arranged through the desk, once for the same words.

    `provider` and `recipient` are name and kind. Refuses anybody but the desk, no purpose, one who supports
    itself, a day to come, a support there is already, and what KPI 5 does not count, unless `is_sure`.
    """
    posting = access.require(by, Role.DESK)
    if is_blank(purpose):
        raise NotAllowed("何を支えるのか（目的）を書いてください。")
    if promised_on > timezone.localdate():
        raise NotAllowed("約束した日は、今日までの日にしてください。")
    why = not_counted(provider_kind=provider["kind"], recipient_kind=recipient["kind"])
    if why and not is_sure:
        raise NotCounted(f"{why}。記録として残すときは、印をつけてから、もう一度押してください。")
    ends = {"provider": find_organization(**provider), "recipient": find_organization(**recipient)}
    if ends["provider"] == ends["recipient"]:
        raise NotAllowed(ONESELF)
    told = {"promised_on": promised_on, "promise": promise.strip(), "proposal": proposal}
    same = {**ends, "purpose": " ".join(purpose.split()), "via_desk": True}
    support, is_new = Support.objects.get_or_create(**same, defaults=told)
    if is_new:
        _record(support, posting, f"約束：{support.purpose}。{support.promise}", what="promised")
    elif any(getattr(support, name) != value for name, value in told.items()):
        raise NotAllowed(TWICE)
    return support


@transaction.atomic
def deliver(support: Support, *, by, on: date, note: str = "") -> Delivery:
    """Record a day on which it was delivered, once a day.

    Refuses anybody but the desk, a day to come (that is a promise), and other words for a day recorded.
    """
    posting = access.require(by, Role.DESK)
    if on > timezone.localdate():
        raise NotAllowed("これからの日は「約束」です。実施してから、その日を書いてください。")
    told = {"note": note.strip(), "by": by}
    delivery, is_new = support.deliveries.get_or_create(on=on, defaults=told)
    if is_new:
        _record(
            support,
            posting,
            f"実施：{short_date(on)}　{support.purpose}。{note.strip()}",
            on=on,
            what="delivered",
        )
    elif delivery.note != note.strip():
        raise NotAllowed(f"{short_date(on)}の実施は、もう書かれています。1日に1回と数えます。")
    return delivery


@transaction.atomic
def take_back(delivery: Delivery, *, by, reason: str) -> None:
    """Take away a day that was recorded by mistake; refuses anybody but the desk, and no reason."""
    posting = access.require(by, Role.DESK)
    if is_blank(reason):
        raise NotAllowed("取り消すわけを書いてください。記録に残ります。")
    support, on = delivery.support, delivery.on
    gone, _ = Delivery.objects.filter(pk=delivery.pk).delete()
    if gone:
        text = f"実施の取消し：{short_date(on)}　{support.purpose}。{reason.strip()}"
        _record(support, posting, text, on=on, what="taken back")


@transaction.atomic
def give_up(support: Support, *, by, reason: str) -> None:
    """A promise that will not be kept leaves the list; refuses no reason, and one delivered before."""
    posting = access.require(by, Role.DESK)
    if is_blank(reason):
        raise NotAllowed("取りやめるわけを書いてください。記録に残ります。")
    if support.deliveries.exists():
        raise NotAllowed(
            "実施のある支援は、取りやめられません。まちがえた実施は、1つずつ取り消してください。"
        )
    _record(support, posting, f"約束の取りやめ：{support.purpose}。{reason.strip()}", what="given up")
    Support.objects.filter(pk=support.pk).delete()


def _record(support: Support, posting: Posting, text: str, *, what: str, on: date | None = None) -> None:
    """On the trails of both, locked in the order in which everybody locks organisations."""
    data = {"support": support.pk, "what": what} | ({"on": str(on)} if on else {})
    ends = (support.provider, f"{support.recipient}へ"), (support.recipient, f"{support.provider}から")
    for one, other in sorted(ends, key=lambda end: end[0].pk):
        told = {"kind": OrganizationRecord.Kind.SUPPORT, "actor": posting, "data": data}
        records.append(lock(one), text=f"{other}：{text}".rstrip("。"), **told)


# --- a table of them ----------------------------------------------------------


def preview(table: Table) -> Report:
    """What taking the table in would do; refuses a file without these headings, and stores nothing."""
    check_headings(table, HEADINGS)
    known = _known()
    rows = [_read(*numbered, known) for numbered in zip(table.lines, table.rows, strict=True)]
    return Report(rows, [heading for heading in table.columns if heading not in HEADINGS])


def take_in(table: Table) -> Report:
    """Store a table of supports; two equal rows are one delivery, and the same file twice changes nothing.

    A row without 実施日 is a promise. Refuses, row by row, unknown words, unreadable days, one who supports
    itself.
    """
    report = preview(table)
    report.rows = [(store_row(outcome, reading), reading) for outcome, reading in report.rows]
    return report


def store_row(outcome: Outcome, reading: Reading) -> Outcome:
    """Store one row that is new; what another import stored meanwhile is the same."""
    if outcome == Outcome.NEW and not _store(**reading.row):
        return Outcome.SAME
    return outcome


def _read(line: int, cells: dict[str, str], known: set) -> tuple[Outcome, Reading]:
    """A row, and what it would do; what it tells is known to the rows after it."""
    values, problems = read_cells(COLUMNS, cells)
    key = " ".join(f"{cells['提供者']}→{cells['受け手']}".split())
    reading = Reading(line, key, values, problems)
    if problems:
        return Outcome.REFUSED, reading
    ends = [(name_key(values[end]), str(values[f"{end}_kind"])) for end in ("provider", "recipient")]
    if ends[0] == ends[1]:
        problems.append(Problem("受け手", ONESELF))
        return Outcome.REFUSED, reading
    told = (*ends, values["purpose"], values["via_desk"].value)
    wanted = {told} if values["on"] is None else {told, (*told, values["on"])}
    outcome = Outcome.SAME if wanted <= known else Outcome.NEW
    known |= wanted
    return outcome, reading


def _known() -> set[tuple]:
    """The supports there are, and their deliveries, by the names and kinds of both ends."""
    rows = Support.objects.select_related("provider", "recipient").prefetch_related("deliveries")
    found = set()
    for one in rows:
        ends = [(end.name_key, end.kind) for end in (one.provider, one.recipient)]
        told = (*ends, one.purpose, one.via_desk)
        found |= {told} | {(*told, delivery.on) for delivery in one.deliveries.all()}
    return found


@transaction.atomic
def _store(*, provider, provider_kind, recipient, recipient_kind, purpose, on, via_desk) -> bool:
    support, is_new = Support.objects.get_or_create(
        provider=find_organization(name=provider, kind=provider_kind),
        recipient=find_organization(name=recipient, kind=recipient_kind),
        purpose=purpose,
        via_desk=via_desk.value,
    )
    if on is None:
        return is_new
    return Delivery.objects.get_or_create(support=support, on=on)[1] or is_new

"""団体: what the desk knows of an organisation is changed with a record; doubles become one; when to wait."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cityhall import access, records, text
from cityhall.models import Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.models import Delivery, Organization, OrganizationRecord, Proposal, Support, Todo
from proposals.services import indexing, resource_doubles

Kind = OrganizationRecord.Kind
COLUMNS = ("name", "kana", "kind", "corporate_number", "postal_code", "address", "website")
NUMBER_TAKEN = "この法人番号は、もう「{}」に登録されています。同じ団体なら、2つをまとめてください。"
GONE = "この団体は「{}」にまとめられています。まとめ先を開いてください。"


@transaction.atomic
def change(organization: Organization, *, by, version: int | None = None, **columns) -> Organization:
    """Write down what the desk has learnt of an organisation, and what stood there before.

    Refuses anybody but the desk, a stale page, an organisation merged into another, no name, and a
    corporate number that another one has.
    """
    posting = access.require(by, Role.DESK)
    organization = _lock(organization, version=version)
    wanted = {name: columns[name] for name in COLUMNS if name in columns}
    changed = {name: value for name, value in wanted.items() if getattr(organization, name) != value}
    if not changed:
        return organization
    _check(organization, changed)
    words = [_in_words(organization, name, value) for name, value in changed.items()]
    for name, value in changed.items():
        setattr(organization, name, value)
    organization.name_key = text.name_key(organization.name)
    _record(organization, Kind.CHANGED, posting, text="\n".join(words), data={"changed": sorted(changed)})
    indexing.renamed(organization)
    return organization


def _lock(organization: Organization, *, version: int | None = None) -> Organization:
    organization = lock(organization, version=version)
    if organization.merged_into:
        raise NotAllowed(GONE.format(organization.merged_into))
    return organization


def _check(organization: Organization, changed: dict) -> None:
    if text.is_blank(changed.get("name", organization.name)):
        raise NotAllowed("団体名を書いてください。")
    number = changed.get("corporate_number")
    other = (
        number and Organization.objects.filter(corporate_number=number).exclude(pk=organization.pk).first()
    )
    if other:
        raise NotAllowed(NUMBER_TAKEN.format(other))


def _in_words(organization: Organization, name: str, value: str) -> str:
    field = organization._meta.get_field(name)
    shown = dict(field.flatchoices)
    before = getattr(organization, name)
    before, after = (shown.get(one, one) or "（なし）" for one in (before, value))
    return f"{field.verbose_name}：{before} → {after}"


def _record(organization: Organization, kind: Kind, posting: Posting, **columns) -> None:
    records.append(organization, kind=kind, actor=posting, **columns)


# --- doubles ----------------------------------------------------------------


@transaction.atomic
def merge(
    organization: Organization, into: Organization, *, by, note: str = "", version: int | None = None
) -> None:
    """Make two one: cases, supports and things to do move, its name stays findable and leads to the other.

    What the other lacks (reading, address …) it takes over. Refuses anybody but the desk, itself, one merged
    before, two corporate numbers, and two that supported each other.
    """
    posting = access.require(by, Role.DESK)
    _refuse_itself(organization, into)
    first, second = (_lock(one) for one in sorted((organization, into), key=lambda one: one.pk))
    organization, into = (first, second) if first.pk == organization.pk else (second, first)
    lock(organization, version=version)
    _refuse_two(organization, into)
    cases = _hold_cases(organization)
    _move_supports(organization, into)
    resource_doubles.move(organization, into, actor=posting)
    Proposal.objects.filter(organization=organization).update(organization=into)
    Todo.objects.filter(organization=organization).update(organization=into)
    Organization.objects.filter(merged_into=organization).update(merged_into=into)
    _take_over(organization, into)
    told = {"cases": [number for _, number in cases]}
    reason = f"（{note.strip()}）" if note.strip() else ""
    organization.merged_into = into
    _record(
        organization,
        Kind.MERGED,
        posting,
        text=f"「{into}」にまとめました{reason}",
        data={"into": into.pk, **told},
    )
    _record(
        into,
        Kind.ABSORBED,
        posting,
        text=f"「{organization}」をまとめました{reason}",
        data={"from": organization.pk, **told},
    )
    indexing.reindex(Proposal.objects.filter(pk__in=[pk for pk, _ in cases]))


def _refuse_itself(organization: Organization, into: Organization) -> None:
    if organization.pk == into.pk:
        raise NotAllowed("同じ団体どうしは、まとめられません。")


def _hold_cases(organization: Organization) -> list[tuple[int, str]]:
    """Key and number of its cases, locked in the order in which everybody locks cases."""
    cases = Proposal.objects.select_for_update().filter(organization=organization).order_by("pk")
    return list(cases.values_list("pk", "number"))


def _refuse_two(organization: Organization, into: Organization) -> None:
    numbers = {organization.corporate_number, into.corporate_number} - {""}
    if len(numbers) > 1:
        raise NotAllowed("法人番号がちがいます。別の法人なので、まとめられません。番号を確かめてください。")
    if Support.objects.filter(provider__in=(organization, into), recipient__in=(organization, into)).exists():
        raise NotAllowed(
            "この2つの団体のあいだに、地域活動支援の記録があります。まとめる前に確かめてください。"
        )


def _take_over(organization: Organization, into: Organization) -> None:
    """The number belongs to one row alone, so it leaves the double first."""
    for name in ("kana", "corporate_number", "postal_code", "address", "website"):
        if not getattr(into, name):
            setattr(into, name, getattr(organization, name))
    Organization.objects.filter(pk=organization.pk).update(corporate_number="")
    organization.corporate_number = ""


def _move_supports(organization: Organization, into: Organization) -> None:
    for support in Support.objects.filter(Q(provider=organization) | Q(recipient=organization)):
        for end in ("provider", "recipient"):
            if getattr(support, f"{end}_id") == organization.pk:
                setattr(support, end, into)
        ends = {"provider": support.provider, "recipient": support.recipient}
        same = Support.objects.filter(**ends, purpose=support.purpose, via_desk=support.via_desk).first()
        if same:
            _join(support, same)
        else:
            support.save()


def _join(support: Support, same: Support) -> None:
    """A support known twice is one: what either tells of it stays; a day of delivery both have is one day."""
    for name in ("proposal", "promised_on", "promise"):
        setattr(same, name, getattr(same, name) or getattr(support, name))
    same.save()
    days = same.deliveries.values_list("on", flat=True)
    Delivery.objects.filter(support=support).exclude(on__in=list(days)).update(support=same)
    Delivery.objects.filter(support=support).delete()
    Support.objects.filter(pk=support.pk).delete()


# --- when to wait -----------------------------------------------------------


@transaction.atomic
def wait(organization: Organization, *, by, until: date, reason: str, version: int | None = None) -> None:
    """Let an organisation be until a day, with a reason; refuses none, and a day that is not to come."""
    posting = access.require(by, Role.DESK)
    organization = _lock(organization, version=version)
    if until <= timezone.localdate():
        raise NotAllowed("いつまで待つかは、明日からの日を入れてください。")
    if text.is_blank(reason):
        raise NotAllowed("待つわけを書いてください。")
    organization.quiet_until, organization.quiet_reason = until, reason.strip()
    said = f"{until:%Y-%m-%d} まで：{reason.strip()}"
    _record(organization, Kind.QUIET, posting, text=said, data={"until": str(until)})
    reminders = Todo.objects.open().filter(organization=organization, origin=Todo.Origin.QUIET)
    reminders.update(done_at=timezone.now(), done_by=by)

"""地域資源: the register of what the town has: told, put right, confirmed, and left on request."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cityhall import access, post, records, text
from cityhall.models import OutgoingMail, Posting, Role
from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals import town
from proposals.models import Introduction, Organization, OrganizationRecord, Resource
from proposals.services import leaving
from proposals.services.intake import find_organization

Kind, Consent = OrganizationRecord.Kind, Resource.Consent
CONTACT = ("contact_name", "email", "phone")
TOLD = (
    *("kind", "name", "told", "activities", "forms", "areas", "place", "days"),
    *("offers", "wants", "capacity", "capacity_on"),
)
WORDS = {"activities": town.ACTIVITIES, "forms": town.FORMS, "areas": town.AREAS}
GONE = "この登録は、もう外されています。"
TWICE = "この団体の、同じ名前の活動が、もう登録されています。"
MOVED = "この団体は、ほかの団体にまとめられました。画面を開き直してください。"
STILL_MET = (
    "会う予定か、結果を書いていない引き合わせがあります（{}）。先にそこから外すか、結果を書いてください。"
    "団体が断ったときは「紹介しない」を選ぶと、予定からも外れます。"
)
ASKED_TO_LEAVE = (
    "この団体は{}に登録から外しています。もう一度登録するには、"
    "「紹介してよい」と、その日よりあとに聞いていることが必要です。"
)


@transaction.atomic
def add(
    organization: Organization | dict,
    *,
    by,
    consent: str = Consent.NOT_ASKED,
    consent_on: date | None = None,
    verified_on: date | None = None,
    is_fictional: bool = False,
    **columns,
) -> Resource:
    """Enter an organisation, or one of its activities, in the register; `organization` may be its columns.

    Refuses anybody but the desk, unknown words, a double, days to come, and one that was taken out, unless
    it said yes anew.
    """
    posting = access.require(by, Role.DESK)
    if isinstance(organization, dict):
        organization = find_organization(**organization, is_fictional=is_fictional)
    organization = lock(organization.living)
    told = {"consent": consent, "consent_on": consent_on, "verified_on": verified_on}
    resource = Resource(organization=organization, is_fictional=is_fictional, **told, **columns)
    _refuse_return(resource)
    _save(resource)
    _record(resource, Kind.RESOURCE, posting, f"登録しました：{in_words(resource)}")
    return resource


@transaction.atomic
def change(resource: Resource, *, by, version: int | None = None, **columns) -> Resource:
    """Put right what is told of it, whom to call included; the record names those lines without their words.

    Refuses anybody but the desk, a stale page, one taken out, unknown words and a double.
    """
    posting = access.require(by, Role.DESK)
    resource = _lock(resource, version=version)
    wanted = {name: columns[name] for name in (*TOLD, *CONTACT) if name in columns}
    changed = {name: value for name, value in wanted.items() if getattr(resource, name) != value}
    if not changed:
        return resource
    said = [_changed_in_words(resource, name, value) for name, value in changed.items()]
    for name, value in changed.items():
        setattr(resource, name, value)
    _save(resource)
    _record(resource, Kind.RESOURCE, posting, "\n".join([in_words(resource), *said]), changed=sorted(changed))
    return resource


@transaction.atomic
def verify(
    resource: Resource, *, by, on: date | None = None, heard: str = "", version: int | None = None
) -> Resource:
    """What is told of it was asked, and is still so; the yearly letter rests for another year.

    Refuses anybody but the desk, a stale page, one taken out, and a day to come.
    """
    posting = access.require(by, Role.DESK)
    resource = _lock(resource, version=version)
    resource.verified_on = on or timezone.localdate()
    _save(resource)
    _keep_letters(resource)
    said = f"{in_words(resource)}：登録の内容を確かめました"
    _record(resource, Kind.VERIFIED, posting, said + _bracketed(heard), on=resource.verified_on)
    return resource


@transaction.atomic
def say_consent(
    resource: Resource,
    *,
    by,
    consent: str,
    on: date | None = None,
    heard: str = "",
    version: int | None = None,
) -> Resource:
    """Whether it may be named to others; without a yes it is suggested, drawn and printed nowhere.

    What is arranged with one that says no ends. Refuses anybody but the desk, a stale page, one taken out,
    a day to come, and to call one not asked while a meeting with it is arranged.
    """
    posting = access.require(by, Role.DESK)
    resource = _lock(resource, version=version)
    if consent == Consent.NOT_ASKED:
        _refuse_while_met(resource)
    resource.consent = consent
    resource.consent_on = None if consent == Consent.NOT_ASKED else on or timezone.localdate()
    _save(resource)
    if consent == Consent.NO:
        leaving.end_what_is_open(resource, actor=posting)
    said = f"{in_words(resource)}：{resource.get_consent_display()}"
    _record(resource, Kind.RESOURCE, posting, said + _bracketed(heard))
    return resource


def _refuse_while_met(resource: Resource) -> None:
    to_come = Introduction.objects.to_come().filter(resources=resource)
    if numbers := to_come.order_by("on", "pk").values_list("proposal__number", flat=True):
        raise NotAllowed(STILL_MET.format("・".join(dict.fromkeys(numbers))))


@transaction.atomic
def remove(resource: Resource, *, by, reason: str, everything: bool = False) -> None:
    """Take it out of the register at once, on request: whom to call is erased, what is arranged ends.

    `everything`: with all else this organisation has there. It works from a stale page too. Refuses anybody
    but the desk, no reason, and one taken out before.
    """
    posting = access.require(by, Role.DESK)
    if text.is_blank(reason):
        raise NotAllowed("登録から外すわけを書いてください。")
    resource = _lock(resource)
    others = Resource.objects.kept().filter(organization=resource.organization).exclude(pk=resource.pk)
    for one in [resource, *(others.select_for_update(of=["self"]) if everything else ())]:
        one.organization = resource.organization
        _take_out(one, posting, reason.strip())


def _take_out(resource: Resource, posting: Posting, reason: str) -> None:
    for name in CONTACT:
        setattr(resource, name, "")
    resource.removed_on = timezone.localdate()
    _save(resource)
    _keep_letters(resource)
    leaving.end_what_is_open(resource, actor=posting)
    _record(resource, Kind.REMOVED, posting, f"{in_words(resource)}：登録から外しました（{reason}）")


def letters_of(resource: Resource) -> QuerySet[OutgoingMail]:
    """What the outbox holds for it (see `mail.resources`)."""
    return OutgoingMail.objects.filter(key__startswith=f"resource:{resource.pk}:")


def _keep_letters(resource: Resource) -> None:
    post.recall(letters_of(resource))


def _lock(resource: Resource, *, version: int | None = None) -> Resource:
    """With its organisation, which is locked first, as everywhere."""
    organization = lock(resource.organization)
    resource = lock(resource, version=version)
    if resource.removed_on:
        raise NotAllowed(GONE)
    if resource.organization_id != organization.pk or organization.merged_into_id:
        raise NotAllowed(MOVED)
    resource.organization = organization
    return resource


def _refuse_return(resource: Resource) -> None:
    same = Resource.objects.filter(organization=resource.organization, name=resource.name)
    left = same.filter(removed_on__isnull=False).order_by("removed_on").last()
    if left and (resource.consent != Consent.YES or resource.consent_on < left.removed_on):
        raise NotAllowed(ASKED_TO_LEAVE.format(f"{left.removed_on.month}月{left.removed_on.day}日"))


def _save(resource: Resource) -> None:
    today = timezone.localdate()
    days = (resource.consent_on, resource.verified_on, resource.capacity_on)
    if any(day and day > today for day in days):
        raise NotAllowed("聞いた日・確かめた日は、今日までの日にしてください。")
    if not resource.activities or not resource.areas:
        raise NotAllowed("活動の分野と区域を、1つ以上選んでください。")
    for name, words in WORDS.items():
        if strange := [one for one in getattr(resource, name) if one not in words]:
            raise NotAllowed(f"「{'、'.join(strange)}」は使えない言葉です。")
        setattr(resource, name, [one for one in words if one in getattr(resource, name)])
    same = Resource.objects.filter(organization=resource.organization, name=resource.name)
    if not resource.removed_on and same.filter(removed_on__isnull=True).exclude(pk=resource.pk).exists():
        raise NotAllowed(TWICE)
    resource.version += 1
    with records.constraints_in_words(resource), transaction.atomic():
        resource.save()


def _record(resource: Resource, kind: Kind, posting: Posting, said: str, *, on=None, **data) -> None:
    data = {"resource": resource.pk, **data}
    records.append(resource.organization, kind=kind, actor=posting, text=said, on=on, data=data)


def in_words(resource: Resource) -> str:
    """How the trail of its organisation names it."""
    return f"活動「{resource.name}」" if resource.name else "この団体"


def _bracketed(words: str) -> str:
    return f"（{words.strip()}）" if words.strip() else ""


def _changed_in_words(resource: Resource, name: str, value) -> str:
    field = resource._meta.get_field(name)
    if name in (*CONTACT, "told"):
        return f"{field.verbose_name}を書き直しました"
    before, after = (_shown(field, one) for one in (getattr(resource, name), value))
    return f"{field.verbose_name}：{before} → {after}"


def _shown(field, value) -> str:
    said = "、".join(value) if isinstance(value, list) else dict(field.flatchoices).get(value, value)
    return str(said or "（なし）")

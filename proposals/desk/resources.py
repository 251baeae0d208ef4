"""What the pages of the register of 地域資源 say: the list, one entry, what it said and when."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from cityhall import text
from cityhall.templatetags.zama import wareki
from proposals.models import OrganizationRecord, Resource

PAGE, SHOWN = 50, 20
STATES = {
    "shown": Q(consent=Resource.Consent.YES),
    "not_asked": Q(consent=Resource.Consent.NOT_ASKED),
    "no": Q(consent=Resource.Consent.NO),
}
NAMED = {"area": "areas", "activity": "activities", "form": "forms"}


def page_url(resource: Resource, deed: str = "change") -> str:
    """An entry's page, or one of its deeds."""
    return reverse(f"admin:proposals_resource_{deed}", args=[resource.pk])


def narrowed(asked: dict, resources: QuerySet[Resource] | None = None) -> QuerySet[Resource]:
    """The entries that fit what a list is narrowed to, by name; those without consent too, for the desk."""
    rows = Resource.objects.kept() if resources is None else resources
    if words := asked.get("q"):
        rows = rows.filter(_holding(words))
    for name, column in NAMED.items():
        if asked.get(name):
            rows = rows.filter(**{f"{column}__names": asked[name]})
    if asked.get("state") == "stale":
        rows = rows.stale()
    elif asked.get("state"):
        rows = rows.filter(STATES[asked["state"]])
    return rows.select_related("organization").order_by("organization__name_key", "pk")


def _holding(words: str) -> Q:
    told = Q()
    for column in ("name", "told", "place", "offers", "wants"):
        told |= Q(**{f"{column}__icontains": words.strip()})
    return told | Q(organization__name_key__contains=text.name_key(words))


def found(asked: dict) -> list[Resource]:
    """A page of entries by the names of their organisations, and one more if there are more."""
    rows = narrowed(asked)
    if last := asked.get("after"):
        key = last.organization.name_key
        same = Q(organization__name_key=key, pk__gt=last.pk)
        rows = rows.filter(Q(organization__name_key__gt=key) | same, organization__name_key__gte=key)
    return list(rows[: PAGE + 1])


def counts() -> dict[str, int]:
    """How many are kept, and how they stand, in one statement."""
    asked = {name: Count("pk", filter=how) for name, how in STATES.items()}
    asked["stale"] = Count("pk", filter=Resource.is_old())
    return Resource.objects.kept().aggregate(all=Count("pk"), **asked)


def facts(resource: Resource) -> list[dict]:
    """What it tells, as terms and values."""
    heard = f"{wareki(resource.capacity_on)}に聞きました" if resource.capacity_on else ""
    pairs = [
        ("活動の内容", resource.told, ""),
        ("活動の分野", "、".join(resource.activities), ""),
        ("支援の形", "、".join(resource.forms), ""),
        ("区域", "、".join(resource.areas), ""),
        ("場所", resource.place, ""),
        ("曜日・時間", resource.days, ""),
        ("出せるもの", resource.offers, ""),
        ("求めるもの", resource.wants, ""),
        ("受けられる数", resource.capacity, heard),
    ]
    return [{"term": term, "value": value, "note": note} for term, value, note in pairs]


def whole(resource: Resource) -> dict:
    """Everything the page of an entry shows, but whom to call."""
    others = Resource.objects.kept().filter(organization=resource.organization).exclude(pk=resource.pk)
    trail = OrganizationRecord.objects.filter(subject=resource.organization, data__resource=resource.pk)
    return {
        "facts": facts(resource),
        "others": list(others.select_related("organization").order_by("pk")[:SHOWN]),
        "trail": list(trail.order_by("-sequence").select_related("by", "text")[:SHOWN]),
    }

"""What the pages of 地域活動支援 say: the year's supports, what is only promised, what one delivered."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cityhall.calendar import fiscal_year, fiscal_year_bounds, fiscal_year_label
from proposals.introduced import REMOVED
from proposals.models import Organization, Resource, Support

SHOWN, YEARS = 200, 4


def page_url(support: Support, deed: str = "change", *args) -> str:
    """A support's page, or one of its deeds."""
    return reverse(f"admin:proposals_support_{deed}", args=[support.pk, *args])


def with_leavers(supports: QuerySet[Support]) -> QuerySet[Support]:
    """With `provider_left`, `recipient_left`: whether that side asked to be taken out of the register."""
    return supports.select_related("provider", "recipient", "proposal").annotate(
        provider_left=_left("provider"), recipient_left=_left("recipient")
    )


def _left(end: str):
    of = Resource.objects.filter(organization=OuterRef(end))
    return Exists(of.filter(removed_on__isnull=False)) & ~Exists(of.filter(removed_on__isnull=True))


def line(support: Support) -> dict:
    """Both sides by name, as far as they may be named, and whether it counts."""
    return {
        "support": support,
        "provider": _name(support.provider, support.provider_left),
        "recipient": _name(support.recipient, support.recipient_left),
        "not_counted": support.not_counted,
        "times": getattr(support, "times", 0),
    }


def _name(organization: Organization, has_left: bool) -> str:
    return REMOVED if has_left else organization.name


def year_of(typed: str) -> int:
    """The fiscal year an address asks for, of the last few; today's for anything else."""
    this = fiscal_year(timezone.localdate())
    return next((year for year in range(this, this - YEARS, -1) if typed == str(year)), this)


def whole(year: int) -> dict:
    """The supports of a fiscal year: delivered, each so many times, and promised only."""
    first, last = fiscal_year_bounds(year)
    in_year = Q(deliveries__on__gte=first, deliveries__on__lte=last)
    found = with_leavers(Support.objects.all())
    delivered = found.annotate(times=Count("deliveries", filter=in_year)).filter(times__gt=0)
    delivered = [line(row) for row in delivered.order_by("-times", "pk")[:SHOWN]]
    promised = found.filter(deliveries__isnull=True).order_by("-promised_on", "pk")[:SHOWN]
    counting = [row for row in delivered if not row["not_counted"]]
    this = fiscal_year(timezone.localdate())
    return {
        "delivered": delivered,
        "promised": [line(row) for row in promised],
        "count": len(counting),
        "times": sum(row["times"] for row in counting),
        "year": fiscal_year_label(year),
        "years": [
            {"year": one, "name": fiscal_year_label(one), "is_chosen": one == year}
            for one in range(this, this - YEARS, -1)
        ],
    }

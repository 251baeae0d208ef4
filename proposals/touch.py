"""When somebody last spoke with an organisation: a contact noted, a message either way, a case that came."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from cityhall import calendar
from proposals.models import Encounter, Message, Organization, Proposal, Todo
from proposals.workflow import OPEN, Step

QUIET_DAYS = 60
IN_TOUCH = [*OPEN, Step.ADOPTED, Step.IN_PRINCIPLE]  # with whom the desk has something going


def with_touch(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """The organisations with `met`, `wrote` (a moment), `came` and `reminded` (a moment), each the latest."""
    return organizations.annotate(
        met=_latest(Encounter.objects.filter(record__superseded_by__isnull=True), "on"),
        wrote=_latest(Message.objects, "sent_at"),
        came=_latest(Proposal.objects, "first_contact_on", "organization"),
        received=_latest(Proposal.objects, "received_on", "organization"),
        reminded=_latest(
            Todo.objects.filter(origin=Todo.Origin.QUIET, done_by__isnull=False), "done_at", "organization"
        ),
    )


def _latest(rows, column: str, way: str = "proposal__organization") -> Subquery:
    mine = rows.filter(**{way: OuterRef("pk")}).order_by().values(way)
    return Subquery(mine.annotate(latest=Max(column)).values("latest"))


def touched_on(organization: Organization) -> date | None:
    """The day of the latest touch, of an organisation from `with_touch`."""
    wrote = organization.wrote and calendar.jst_date(organization.wrote)
    return max(
        filter(None, (organization.met, wrote, organization.came, organization.received)), default=None
    )


def remind_on(organization: Organization) -> date | None:
    """The day the desk is reminded: 60 days after the last touch or reminder seen to, or when a wait ends."""
    touched, until = touched_on(organization), organization.quiet_until
    if touched is None:
        return None
    days = [touched + timedelta(QUIET_DAYS), until]
    seen_to = organization.reminded and calendar.jst_date(organization.reminded)
    if seen_to and (until is None or seen_to > until):
        days.append(seen_to + timedelta(QUIET_DAYS))
    return max(filter(None, days))


def quiet(today: date) -> Iterator[Organization]:
    """The organisations with something going that the desk is to be reminded of by this day."""
    cases = Proposal.objects.filter(organization=OuterRef("pk"), step__in=IN_TOUCH, is_held=False)
    cases = cases.filter(cancelled_on__isnull=True)
    long_ago = Q(met__isnull=True) | Q(met__lte=today - timedelta(QUIET_DAYS))
    found = with_touch(Organization.objects.living()).filter(Exists(cases), long_ago)
    found = found.filter(came__lte=today - timedelta(QUIET_DAYS))
    found = found.annotate(officer=Subquery(cases.order_by("-pk").values("officer")[:1]))
    return (one for one in found.iterator() if remind_on(one) <= today)

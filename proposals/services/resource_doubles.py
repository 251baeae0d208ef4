"""The register when two organisations become one: entries move, an entry both have becomes one."""

from django.utils import timezone

from cityhall.models import Posting
from proposals.models import Dismissal, Introduction, MatchParty, Organization, Resource
from proposals.services import leaving

UNITED = ("activities", "forms", "areas")
FILLED = ("told", "place", "days", "offers", "wants", "capacity", "contact_name", "email", "phone")
Consent = Resource.Consent


def move(organization: Organization, into: Organization, *, actor: Posting) -> None:
    """Give the entries of the one to the other; the caller has locked both.

    Of an entry both have, what either tells stays, and a no of either stands: what is to come with it ends.
    """
    locked = Resource.objects.select_for_update()
    here = {one.name: one for one in locked.filter(organization=into, removed_on__isnull=True)}
    for one in locked.filter(organization=organization):
        if one.removed_on is None and one.name in here:
            _join(one, here[one.name], actor)
        one.organization = into
        one.version += 1
        one.save()


def _join(double: Resource, same: Resource, actor: Posting) -> None:
    for name in UNITED:
        known = getattr(same, name)
        setattr(same, name, [*known, *(word for word in getattr(double, name) if word not in known)])
    for name in FILLED:
        setattr(same, name, getattr(same, name) or getattr(double, name))
    said = [one for word in (Consent.NO, Consent.YES) for one in (same, double) if one.consent == word]
    if said:
        same.consent, same.consent_on = said[0].consent, said[0].consent_on
    same.version += 1
    same.save()
    _point_to(double, same)
    if same.consent == Consent.NO:
        leaving.end_what_is_open(same, actor=actor)
    double.contact_name = double.email = double.phone = ""
    double.removed_on = timezone.localdate()


def _point_to(double: Resource, same: Resource) -> None:
    """What was arranged, agreed or found unfit with the double is of the one that stays, each once."""
    for meeting in Introduction.objects.filter(resources=double):
        meeting.resources.remove(double)
        meeting.resources.add(same)
    for model, column in ((MatchParty, "match"), (Dismissal, "proposal")):
        taken = model.objects.filter(resource=same).values(f"{column}_id")
        model.objects.filter(resource=double).exclude(**{f"{column}_id__in": taken}).update(resource=same)

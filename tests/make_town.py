"""The town's register in tests: one entry, and whom one may name; every name is fictional."""

from itertools import count

from django.utils import timezone

from proposals.models import Theme
from proposals.services import resources

_counter = count(1)


def resource(organization=None, *, by, **fields):
    """An entry that may be named and was confirmed today, unless told otherwise."""
    today = timezone.localdate()
    organization = organization or {"name": f"架空の会{next(_counter)}", "kind": "civic"}
    told = {"activities": ["居場所づくり"], "areas": ["座間市"], "consent": "yes", "verified_on": today}
    told |= fields
    told.setdefault("consent_on", None if told["consent"] == "not_asked" else today)
    return resources.add(organization, by=by, **told)


def unasked(resource):
    """As if its yes had never been written down, whatever is arranged with it."""
    resource.refresh_from_db()
    resource.consent, resource.consent_on = "not_asked", None
    resource.save()


def trouble(section, title, **fields):
    """A trouble of a section, shown to the public."""
    shown = {"published_on": timezone.localdate(), "is_fictional": True} | fields
    return Theme.objects.create(department=section, title=title, **shown)

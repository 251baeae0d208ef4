"""What the tests of ④ need besides `make`: partners of the town, introductions, what came of them."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from proposals.models import Organization, OrganizationKind, Resource
from proposals.services import introductions, matches, matching, outcomes
from proposals.workflow import Step
from tests import make

_counter = count(1)


def partner(name="", **fields):
    """An organisation of the town that said it may be named."""
    name = name or f"架空こども食堂{next(_counter)}"
    of = Organization.objects.create(name=name, name_key=name, kind=OrganizationKind.CIVIC, is_fictional=True)
    today = timezone.localdate()
    told = {"activities": ["食の支援"], "areas": ["座間市"], "email": "partner@example.com"}
    told |= {"consent": "yes", "consent_on": today, "verified_on": today, "is_fictional": True}
    return Resource.objects.create(organization=of, **told | fields)


def introduction(case, desk, *, departments=(), resources=(), **said):
    """The proposer meets somebody, tomorrow if not said."""
    told = {"aim": "架空の置き場所を一緒に見る", "on": in_days(1), "hour": "14時から", "place": "市役所"}
    told |= {"people": "", "initiative": "desk", "agreed": "電話で了承", "key": f"met-{next(_counter)}"}
    who = {"departments": departments, "resources": resources}
    return introductions.arrange(case, by=desk, **who, **told | said)


def held(case, desk, result="goes_on", *, departments=(), resources=(), **said):
    """A meeting of today, with what came of it."""
    departments = departments or [make.department("架空の所管課")]
    met = introduction(case, desk, departments=departments, resources=resources, on=timezone.localdate())
    return tell(met, desk, result, **said)


def tell(met, desk, result="goes_on", **said):
    told = {"text": "置き場所を一緒に見ました。", "next_step": "見積りを取る" if result == "goes_on" else ""}
    return outcomes.tell_result(met, by=desk, version=met.version, result=result, **told | said)


def match(case, desk):
    """What the sides aim at, with a section in charge."""
    matching.choose_lead(case, make.department("架空の所管課"), by=desk)
    parts = {"own_part": "架空の手", "lead_part": "架空の場所"}
    return matches.write(make.reload(case), by=desk, purpose="架空の目的", **parts)


def case(**fields):
    """A case at ④, whose proposer lets all sections read it."""
    return make.proposal(Step.MATCHING, **{"sharing": "all", **fields})


def in_days(n):
    return timezone.localdate() + timedelta(n)

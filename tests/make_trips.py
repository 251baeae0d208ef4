"""Plain functions that make TRIPs through the services alone; every name is fictional."""

from datetime import timedelta

from django.utils import timezone

from proposals.services import decisions
from proposals.workflow import Step
from tests import make
from trips import services


def adopted(section=None, **fields):
    """A case 案件化 today."""
    section = section or make.department("架空の所管課")
    case = make.proposal(Step.DECISION, section=section, **fields)
    decisions.decide(case, "go", by=make.head(section), decided_on=timezone.localdate())
    return make.reload(case)


def in_principle(section=None):
    section = section or make.department("架空の所管課")
    case = make.proposal(Step.DECISION, section=section)
    today = timezone.localdate()
    decisions.decide(case, "in_principle", by=make.head(section), decided_on=today, reason="趣旨に賛成")
    return make.reload(case)


def trip(*cases, section=None, **fields):
    """A TRIP in phase ①."""
    return services.open_trip(*(cases or [adopted(section)]), by=make.desk(), **fields)


def started(*cases, section=None, **fields):
    """A TRIP in phase ②."""
    fresh = trip(*cases, section=section, **fields)
    services.advance(fresh, "start", by=make.head(fresh.department))
    return reload(fresh)


def result(of, *, by=None, **fields):
    told = {"kind": "direct", "text": "架空の食材便が月2回に", "evidence": "受取簿", "said_by": "架空の団体"}
    on = timezone.localdate()
    return services.add_result(of, by=by or make.desk(), **{"on": on, **told, **fields})


def review(of, *, by=None, text="3か月をふり返りました。"):
    return services.add_review(of, by=by or make.desk(), text=text, on=timezone.localdate())


def history(number="TRIP-0.9", **fields):
    on = timezone.localdate() - timedelta(3000)
    event = {"on": on, "precision": "year", "phase": "gate", "text": "架空の出会い", "source": "架空の資料"}
    told = {"title": "架空の前史", "opened_on": on, "events": [event], "is_public": True}
    return services.enter_history(number, by=make.desk(), **{**told, **fields})


def reload(it):
    return type(it).objects.get(pk=it.pk)


def milestone(of=None, *, days=0, title="架空の節目"):
    """A milestone of a started TRIP, so many days from today."""
    on = timezone.localdate() + timedelta(days)
    return services.plan_milestone(of or started(), by=make.desk(), title=title, on=on)


def report(of=None, *, on=None):
    """The first report of a started TRIP."""
    on = on or timezone.localdate() + timedelta(10)
    return services.plan_reports(of or started(), by=make.desk(), first_on=on)[0]


def resting(of):
    """A started TRIP that rests, with a day to look at it again."""
    services.plan_review(of, by=make.desk(), on=timezone.localdate() + timedelta(60))
    services.advance(of, "rest", by=make.head(of.department), note="担い手を探すため")
    return reload(of)


def ready_to_close(of=None):
    """A started TRIP whose partners were told and which has a day to meet again."""
    of, desk, today = of or started(), make.desk(), timezone.localdate()
    for partner in of.partners.all():
        services.tell_partner(of, by=desk, partner=partner, on=today, how="訪問して")
    services.plan_recontact(of, by=desk, on=today + timedelta(365), who="架空の所管課")
    return reload(of)

"""What happens on the way: events, reviews, partners, and what comes of it all."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cityhall.refusal import NotAllowed
from cityhall.text import name_key
from cityhall.workflow import lock
from proposals.models import Organization
from trips.models import Event, Partner, Precision, Result, Trip
from trips.models.story import phase_of
from trips.services.recording import note, writer
from trips.workflow import Kind, Phase


@transaction.atomic
def add_event(
    trip: Trip,
    *,
    by,
    text: str,
    on: date,
    source: str = "",
    kind: str = Event.Kind.HAPPENING,
    precision: str = Precision.DAY,
) -> Event:
    """Write down what happened; refuses strangers to the TRIP, no text, a day to come, the same again."""
    posting = writer(trip, by)
    trip = lock(trip)
    if not text.strip():
        raise NotAllowed("何があったかを1文で書いてください。")
    _refuse_future(on)
    _refuse_twin(trip.events, kind=kind, text=text.strip(), on=on)
    event = Event.objects.create(
        trip=trip,
        kind=kind,
        phase=_phase_on(trip, on),
        text=text.strip(),
        source=source.strip(),
        on=on,
        precision=precision,
    )
    looked_back = {"review_on": None} if kind == Event.Kind.REVIEW else {}
    note(trip, Kind.EVENT, actor=posting, text=event.text, **looked_back)
    return event


@transaction.atomic
def add_review(trip: Trip, *, by, text: str, on: date, source: str = "") -> Event:
    """Write down a look back (ふり返り), which ③ asks for; refuses a day before the start."""
    if trip.started_on is None or on < trip.started_on:
        raise NotAllowed("ふり返りは、②TRIP 1に入った日からの日で書けます。")
    return add_event(trip, by=by, text=text, on=on, source=source, kind=Event.Kind.REVIEW)


@transaction.atomic
def plan_review(trip: Trip, *, by, on: date) -> None:
    """Set the day of the next look back; refuses a day gone by, the day already set, a TRIP not under way."""
    posting = writer(trip, by)
    trip = lock(trip)
    if on < timezone.localdate():
        raise NotAllowed("次のふり返りの日は、今日より後の日にしてください。")
    if trip.started_on is None or trip.is_over:
        raise NotAllowed("ふり返りの日は、進んでいる共創プロジェクトにだけ決められます。")
    if on == trip.review_on:
        raise NotAllowed("次のふり返りは、もうその日に決まっています。")
    note(trip, Kind.REVIEW_DAY, actor=posting, data={"on": on.isoformat()}, review_on=on)


@transaction.atomic
def add_result(
    trip: Trip,
    *,
    by,
    kind: str,
    text: str,
    on: date,
    evidence: str,
    said_by: str,
    precision: str = Precision.DAY,
) -> Result:
    """Write down what came of a TRIP (直接・間接・潜在).

    Refuses: strangers to the TRIP, a day before the TRIP started or to come, a result
    without its evidence or without who says so, and the same again.
    """
    posting = writer(trip, by)
    trip = lock(trip)
    if trip.started_on is None:
        raise NotAllowed("生まれたものは、②TRIP 1に入ってから書けます。")
    if on < trip.started_on:
        raise NotAllowed("生まれた日は、TRIP 1が始まった日より前にできません。日付を確かめてください。")
    _refuse_future(on)
    if not (text.strip() and evidence.strip() and said_by.strip()):
        raise NotAllowed("生まれたものには、何で分かるかと、だれが言っているかを書いてください。")
    _refuse_twin(trip.results, kind=kind, text=text.strip(), on=on)
    result = Result.objects.create(
        trip=trip,
        kind=kind,
        text=text.strip(),
        on=on,
        precision=precision,
        evidence=evidence.strip(),
        said_by=said_by.strip(),
    )
    note(trip, Kind.RESULT, actor=posting, text=result.text, data={"kind": kind})
    return result


@transaction.atomic
def add_partner(
    trip: Trip, *, by, organization: Organization | None = None, name: str = "", role: str = ""
) -> Partner:
    """Let somebody travel along; a name that one registered organisation has becomes that organisation.

    Refuses strangers to the TRIP, a partner without a name, and one who travels already.
    """
    posting = writer(trip, by)
    trip = lock(trip)
    organization = organization or _registered(name)
    if organization is None and not name.strip():
        raise NotAllowed("団体を選ぶか、名前を書いてください。")
    known = {"organization": organization.living} if organization else {"name": name.strip()}
    same = Q(organization__merged_into=organization.living) if organization else Q()
    if trip.partners.filter(Q(**known) | same).exists():
        raise NotAllowed(f"{organization or name.strip()}は、もう一緒に旅をしています。")
    partner = Partner.objects.create(trip=trip, role=role.strip(), **known)
    note(trip, Kind.PARTNER, actor=posting, text=str(partner))
    return partner


def _registered(name: str) -> Organization | None:
    if not name.strip():
        return None
    named = Organization.objects.filter(name_key=name_key(name)).select_related("merged_into")[:5]
    found = {one.living for one in named}
    return found.pop() if len(found) == 1 else None


def _refuse_future(on: date) -> None:
    if on > timezone.localdate():
        raise NotAllowed("これから先の日は書けません。今日までの日にしてください。")


def _refuse_twin(written, **same) -> None:
    """A second press, or two people with the same news."""
    if written.filter(**same).exists():
        raise NotAllowed("同じ日の同じ文が、もう書かれています。")


def _phase_on(trip: Trip, on: date) -> Phase:
    before_start = trip.started_on is None or on < trip.started_on
    return Phase.GATE if before_start else phase_of(trip.step)

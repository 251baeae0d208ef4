"""終結・引継ぎ合意: everybody is told, every duty left has somebody, and there is a day to meet again."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from proposals.services import todos
from trips.models import Duty, Partner, Trip
from trips.services.recording import lock_on_its_way, note, writer
from trips.workflow import Kind, Phase

FARTHEST = 5  # years
COMES_BACK = "{}の「また会う日」です。{}から声をかけて、その後を聞いてください。"


@transaction.atomic
def tell_partner(trip: Trip, *, by, partner: Partner, on: date, how: str) -> None:
    """Write down that a partner was told of the end.

    Refuses: strangers to the TRIP, a TRIP not under way, somebody who does not travel in it or was told
    already, a day before the start or to come, no words on how.
    """
    posting = writer(trip, by)
    trip = _lock_to_close(trip)
    same = [one for one in trip.partners.all() if str(one) == str(partner)]
    if not same:
        raise NotAllowed("この団体は、一緒に旅をしていません。")
    if all(one.told_on for one in same):
        raise NotAllowed(f"{partner}には、もう知らせています。")
    if not trip.started_on <= on <= timezone.localdate():
        raise NotAllowed("知らせた日は、TRIP 1が始まった日から今日までの日にしてください。")
    if not how.strip():
        raise NotAllowed("どのように知らせたかを書いてください。")
    Partner.objects.filter(pk__in=[one.pk for one in same]).update(told_on=on, told_how=how.strip())
    note(trip, Kind.TOLD, actor=posting, on=on, text=f"{partner}　{how.strip()}")


@transaction.atomic
def add_duty(trip: Trip, *, by, text: str, owner: str = "") -> Duty:
    """Write down what has to be gone on with.

    Refuses: strangers to the TRIP, a TRIP not under way, no words, the same again.
    """
    posting = writer(trip, by)
    trip, text = _lock_to_close(trip), text.strip()
    if not text:
        raise NotAllowed("残る務めを1文で書いてください。")
    if trip.duties.filter(text=text).exists():
        raise NotAllowed("同じ務めが、もう書かれています。")
    duty = Duty.objects.create(trip=trip, text=text, owner=owner.strip())
    note(trip, Kind.DUTY, actor=posting, text=text, data={"did": "written", "owner": duty.owner})
    return duty


@transaction.atomic
def give_duty(duty: Duty, *, by, owner: str) -> Duty:
    """Say who goes on with a duty; refuses strangers to the TRIP, nobody named, a duty that is done."""
    posting, trip, duty = _open_duty(duty, by)
    if not owner.strip():
        raise NotAllowed("担い手（団体か課）を書いてください。")
    duty.owner = owner.strip()
    duty.save()
    note(trip, Kind.DUTY, actor=posting, text=duty.text, data={"did": "given", "owner": duty.owner})
    return duty


@transaction.atomic
def finish_duty(duty: Duty, *, by, on: date) -> Duty:
    """Say that a duty is done, be it after the end; refuses strangers, one done already, a day to come."""
    posting, trip, duty = _open_duty(duty, by)
    if not trip.opened_on <= on <= timezone.localdate():
        raise NotAllowed("終えた日は、共創プロジェクトを開いた日から今日までの日にしてください。")
    duty.done_on = on
    duty.save()
    note(trip, Kind.DUTY, actor=posting, on=on, text=duty.text, data={"did": "done"})
    return duty


@transaction.atomic
def plan_recontact(trip: Trip, *, by, on: date, who: str) -> None:
    """Set the day to meet again, and who calls; on that day it comes back as a thing to do.

    Refuses: strangers, a TRIP not under way, a day not to come or more than five years away, nobody named,
    the same again.
    """
    posting = writer(trip, by)
    trip, today = _lock_to_close(trip), timezone.localdate()
    if on <= today:
        raise NotAllowed("また会う日は、明日からの日にしてください。")
    if on.year > today.year + FARTHEST:
        raise NotAllowed(f"また会う日は、{FARTHEST}年より先にはできません。")
    if not who.strip():
        raise NotAllowed("だれから声をかけるかを書いてください。")
    if (trip.recontact_on, trip.recontact_by) == (on, who.strip()):
        raise NotAllowed("また会う日は、もうその日に決まっています。")
    data = {"on": on.isoformat()}
    note(
        trip,
        Kind.RECONTACT,
        actor=posting,
        text=who.strip(),
        data=data,
        recontact_on=on,
        recontact_by=who.strip(),
    )


@transaction.atomic
def meet_again(trip: Trip, *, by, text: str, on: date) -> None:
    """Write down what one heard when meeting again; the thing to do is seen to.

    Refuses: strangers, a TRIP that has not ended or was met again already, a day before the end or
    to come, no words.
    """
    posting = writer(trip, by)
    trip = lock(trip)
    if trip.ended_on is None:
        raise NotAllowed("また会えたことは、終わった共創プロジェクトに書けます。")
    if trip.met_again_on:
        raise NotAllowed("また会えたことは、もう書かれています。続きは出来事に書いてください。")
    if not trip.ended_on <= on <= timezone.localdate():
        raise NotAllowed("会えた日は、終わった日から今日までの日にしてください。")
    if not text.strip():
        raise NotAllowed("その後どうなったかを書いてください。")
    note(trip, Kind.MET_AGAIN, actor=posting, on=on, text=text.strip(), met_again_on=on)
    todos.see_to_promise(_key(trip))


def come_back(today: date) -> int:
    """Put each ended TRIP whose day to meet again has come before the desk, once; returns how many."""
    due = Trip.objects.filter(
        ended_on__isnull=False, recontact_on__lte=today, met_again_on__isnull=True
    ).prefetch_related("proposals")
    return sum(_come_back(trip) for trip in due)


def _come_back(trip: Trip) -> bool:
    text = COMES_BACK.format(trip.number, trip.recontact_by)
    case = next(iter(trip.proposals.all()), None)
    return todos.promise(text, key=_key(trip), due_on=trip.recontact_on, proposal=case)


def _key(trip: Trip) -> str:
    return f"promise:trip:{trip.pk}:{trip.recontact_on}"


def _lock_to_close(trip: Trip) -> Trip:
    trip = lock_on_its_way(trip)
    if trip.step == Phase.GATE:
        raise NotAllowed("終わるときの約束は、②TRIP 1に入ってから書けます。")
    return trip


def _open_duty(duty: Duty, by):
    posting = writer(duty.trip, by)
    trip = lock(duty.trip)
    duty = trip.duties.get(pk=duty.pk)
    if duty.done_on:
        raise NotAllowed("この務めは、もう終わっています。")
    return posting, trip, duty

"""Which journey led to which, and which event to which."""

from django.db import transaction
from django.utils import timezone

from cityhall.refusal import NotAllowed
from cityhall.workflow import lock
from trips.models import Event, EventLink, Link, Trip
from trips.services.recording import note, writer
from trips.workflow import Kind


@transaction.atomic
def link(parent: Trip, child: Trip, *, reason: str, by) -> Link:
    """Say that one TRIP led to another, and how.

    Refuses: people of neither the child's section nor the desk, no reason, a TRIP with itself, a pair linked
    before, a child opened before its parent, a loop.
    """
    posting = writer(child, by)
    for trip in sorted((parent, child), key=lambda trip: trip.pk):
        lock(trip)
    _check(parent, child, reason=reason)
    found = Link.objects.create(
        parent=parent, child=child, reason=reason.strip(), linked_on=timezone.localdate()
    )
    ends = {"parent": parent.number, "child": child.number}
    for trip in (parent, child):
        note(trip, Kind.LINK, actor=posting, text=reason.strip(), data=ends)
    return found


def add_parent(trip: Trip, *, parent: Trip, reason: str, by) -> Link:
    """Say which TRIP led to this one; refuses what `link` refuses."""
    return link(parent, trip, reason=reason, by=by)


def _check(parent: Trip, child: Trip, *, reason: str) -> None:
    if parent.pk == child.pk:
        raise NotAllowed("同じ共創プロジェクトどうしは、つなげません。")
    if not reason.strip():
        raise NotAllowed("どうつながったかを1文で書いてください。")
    if Link.objects.filter(parent=parent, child=child).exists():
        raise NotAllowed("この2つは、もうつながっています。")
    if child.opened_on < parent.opened_on:
        raise NotAllowed(
            f"{child.called} は、{parent.called} より前に始まっています。"
            "親と子が逆になっていないか確かめてください。"
        )
    if parent.pk in descendants(child):
        raise NotAllowed(f"{parent.called} は、{child.called} から生まれた旅です。つなぐと輪になります。")


def descendants(trip: Trip) -> set[int]:
    """The keys of all TRIPs this one led to, over any number of steps."""
    found, waiting = set(), {trip.pk}
    while waiting:
        children = Link.objects.filter(parent__in=waiting).values_list("child", flat=True)
        waiting = set(children) - found
        found |= waiting
    return found


@transaction.atomic
def link_events(source: Event, target: Event, *, evidence: str, by, is_guess: bool = False) -> EventLink:
    """Say that one event led to another; refuses strangers to the TRIP and what `check_events` refuses."""
    posting = writer(target.trip, by)
    lock(target.trip)
    check_events(source, target, evidence=evidence)
    if EventLink.objects.filter(source=source, target=target).exists():
        raise NotAllowed("この2つの出来事は、もうつながっています。")
    found = EventLink.objects.create(
        source=source, target=target, evidence=evidence.strip(), is_guess=is_guess
    )
    note(target.trip, Kind.EVENT_LINK, actor=posting, text=f"{source} → {target}")
    return found


def check_events(source: Event, target: Event, *, evidence: str) -> None:
    """Refuses events of two TRIPs, a later event before an earlier one, and nothing to know it by."""
    if source.trip_id != target.trip_id:
        raise NotAllowed("つなげるのは、同じ旅の出来事どうしです。旅と旅は「親」でつなぎます。")
    if (source.on, source.pk) >= (target.on, target.pk):
        raise NotAllowed("つながりは、前の出来事から後の出来事へだけ書けます。日付を確かめてください。")
    if not evidence.strip():
        raise NotAllowed("つながりが何で分かるかを書いてください。")

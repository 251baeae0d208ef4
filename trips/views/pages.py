"""The list of TRIPs, and the page of one."""

from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Q
from django.http import Http404
from django.views.decorators.http import require_safe

from cityhall import access
from cityhall.models import Role
from cityhall.panels import panels_for
from logicmodels.chain import Chain
from logicmodels.models import Edition, LogicModel
from logicmodels.views.room import picture
from proposals.views.section.days import Today
from trips.models import Link, Partner, Result, Trip
from trips.playbook import is_told
from trips.queries import adopted_without_trip
from trips.services.phases import moves_for
from trips.services.recording import writing_posting
from trips.views import room
from trips.views.phases import cells, history_cells, missing_for_next
from trips.views.planned import planned
from trips.views.strip import strip
from trips.views.trail import line
from trips.workflow import FOUR_PHASES


@require_safe
def trips(request):
    """Staff see the TRIPs of their sections (the desk and managers all); the public the published ones."""
    seen = Trip.objects.visible_to(request.user).for_lists().annotate(result_count=Count("results"))
    waiting = adopted_without_trip() if access.has_role(request.user, Role.DESK) else []
    return room.show(request, "list", trips=seen, waiting=waiting)


@require_safe
def page(request, number):
    """Everybody the TRIP is for: where is this journey, and what has come of it?"""
    try:
        trip = room.find(request.user, number)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    parts = [part(trip, request.user) for part in (_told, _journeys, _model, _inside)]
    return room.show(request, "page", trip=trip, **{key: it for part in parts for key, it in part.items()})


def _told(trip: Trip, user) -> dict:
    """What anybody who sees the TRIP may read."""
    events, results = list(trip.events.all()), list(trip.results.all())
    return {
        "phases": history_cells(events) if trip.is_history else [],
        "history": [(phase, [e for e in events if e.phase == phase]) for phase in FOUR_PHASES],
        "events": events,
        "born": [(kind, Result.WORDS[kind], [r for r in results if r.kind == kind]) for kind in Result.Kind],
        "partners": _company(trip),
    }


def _company(trip: Trip) -> list[Partner]:
    """Who travels along, each once, also where two of them were made one."""
    return list({str(partner): partner for partner in trip.partners.all()}.values())


def _journeys(trip: Trip, user) -> dict:
    """What led here and what this led to, as far as this person may see it."""
    seen = Trip.objects.visible_to(user)
    ours = Q(child=trip, parent__in=seen) | Q(parent=trip, child__in=seen)
    links = list(Link.objects.filter(ours).select_related("parent", "child"))
    return {
        "has_playbook": is_told(trip),
        "parents": [link for link in links if link.child == trip],
        "children": [link for link in links if link.parent == trip],
    }


def _model(trip: Trip, user) -> dict:
    """The newest edition this person may see of the TRIP's own logic model, or of its cases'; a published
    TRIP shows its own to everybody."""
    its_own = Q(model=trip.logic_model_id)
    seen = Q(model__in=LogicModel.objects.visible_to(user)) | (its_own if trip.is_public else Q(pk=None))
    editions = Edition.objects.filter(seen, its_own | Q(model__proposal__in=trip.proposals.all()))
    edition = editions.select_related("model").order_by("-fixed_at").first()
    if edition is None:
        return {}
    return {
        "edition": edition,
        "picture": picture(edition.content),
        "chain": Chain(edition.content),
        "may_open": access.has_role(user, *room.STAFF),
    }


def _inside(trip: Trip, user) -> dict:
    """What only those see for whom the TRIP is work: 状況帯, cases, moves and trail."""
    cases = list(trip.proposals.select_related("organization", "department"))
    if not _is_work_of(user, trip, cases):
        return {}
    records = list(trip.records.newest_first())
    told = {"cases": cases, "trail": [line(record) for record in records]}
    if trip.is_history:
        return told
    posting, missing, today = writing_posting(trip, user), missing_for_next(trip), Today()
    is_reviewed = any(event.is_review for event in trip.events.all())
    return told | {
        "phases": cells(trip, records=records, cases=cases, missing=missing),
        "strip": strip(trip, today=today, posting=posting, missing=missing, is_reviewed=is_reviewed),
        "may_write": posting is not None,
        "moves": moves_for(user, trip),
        "panels": panels_for("trip.page", trip, user),
        **planned(trip, user, today),
    }


def _is_work_of(user, trip: Trip, cases) -> bool:
    own = access.departments_of(user, Role.MEMBER, Role.HEAD)
    return access.has_role(user, Role.DESK, Role.MANAGER) or any(
        it.department in own for it in (trip, *cases) if it.department
    )

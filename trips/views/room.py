"""Whose page it is, and how these pages find what this person may see."""

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers

from cityhall import access
from cityhall.models import Role
from cityhall.refusal import NotAllowed, Stale
from proposals.views.section.room import sections_of, way_home
from trips.models import Trip

PARTS = ("events", "results", "partners", "milestones", "reports", "duties")
STAFF = (Role.DESK, Role.MANAGER, Role.MEMBER, Role.HEAD)


def is_staff(user) -> bool:
    """Whether this person works with TRIPs; all others read the public ones in the public room."""
    return access.has_role(user, *STAFF)


def show(request, page: str, *, status: int = 200, **context):
    """A page of this app, in the reader's own room; no cache keeps what staff see."""
    inside = is_staff(request.user)
    if inside:
        home, home_url = way_home(request.user)
        context |= {"sections": sections_of(request.user), "home": home, "home_url": home_url}
        context["room"] = "parts/staff_base.html"
    else:
        context["room"] = "parts/public_base.html"
    answer = render(request, f"trips/{page}.html", context, status=status)
    if inside:
        add_never_cache_headers(answer)
    return answer


def find(user, number: str) -> Trip:
    """The TRIP if this person may see it; 404 otherwise."""
    seen = Trip.objects.visible_to(user).select_related("department")
    return _one(seen, number)


def find_inside(user, number: str) -> Trip:
    """The TRIP if this person works with it; 404 otherwise."""
    return _one(Trip.objects.worked_with_by(user).select_related("department"), number)


def _one(seen, number: str) -> Trip:
    """With all that its page and the guards read, each at once."""
    seen = seen.annotate(file_count=Count("files")).prefetch_related(*PARTS)
    return get_object_or_404(seen, number=number)


def find_to_write(user, number: str, writing_posting) -> Trip:
    """The TRIP if this person may write about it; 404 otherwise."""
    trip = find(user, number)
    if trip.is_history or writing_posting(trip, user) is None:
        raise Http404
    return trip


def sent(request):
    """What was sent, be it empty; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def attempt(form, service, **more):
    """What the service made of the form, or None; a refusal stays in the form as a sentence."""
    if not form.is_valid():
        return None
    try:
        return service(**form.cleaned_data, **more) or True
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Stale):
            form.take_anew()
        return None

"""旅の型: what a journey did, for the next one to begin from."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.views.decorators.http import require_safe

from cityhall import access
from cityhall.models import Role
from trips import playbook as playbooks
from trips.queries import adopted_without_trip
from trips.views import room


@require_safe
def playbook(request, key):
    """Everybody who sees the TRIP reads its playbook; the desk begins the next one from it."""
    book = playbooks.find(request.user, key)
    if book is None and request.user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    if book is None:
        raise Http404
    waiting = adopted_without_trip() if access.has_role(request.user, Role.DESK) else []
    return room.show(request, "playbook", book=book, waiting=waiting)

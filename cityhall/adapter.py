"""How allauth behaves in this office: nobody signs up, and everybody lands at their own desk."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from cityhall.access import has_role
from cityhall.models import Role

DESKS = (
    ("/admin/", (Role.DESK, Role.ADMIN)),
    ("/section/", (Role.HEAD, Role.MEMBER)),
    ("/kpi/", (Role.MANAGER,)),
)


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made by the system administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person's first role today has its work; without a posting, the public gate."""
        return next((place for place, roles in DESKS if has_role(request.user, *roles)), "/")

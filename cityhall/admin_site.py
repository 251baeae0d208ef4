"""The desk's admin site (窓口の机): its own home and left column, one login, no list of apps."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from cityhall.access import has_role, permissions_of, role_required
from cityhall.models import Role
from cityhall.panels import panels_for

INSIDE = (Role.DESK, Role.ADMIN)
# logging in is allauth's, under /accounts/; a way from any row's key to its page, and any table's rows
# for some letters typed, are nobody's
ELSEWHERE = {"login", "logout", "password_change", "password_change_done", "view_on_site", "autocomplete"}
PACKAGES = ("django.", "allauth.")


class DeskSite(admin.AdminSite):
    """Its pages are filled by panels: "desk.home" draws the home; "desk.lists" brings `groups` of the left
    column (title, links: name, url, and optional count, late) and the address of the one `search`."""

    site_title = site_header = "ざま共創官民連携窓口"
    index_title = "今日の窓口"

    def __init__(self, name="admin"):
        super().__init__(name)
        self._app_lists = {}
        self.disable_action("delete_selected")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Takes our own lists alone: there are no groups to edit here, and no addresses for login by mail."""
        if admin_class is None or not admin_class.__module__.startswith(PACKAGES):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return has_role(request.user, *INSIDE)

    def get_urls(self):
        return [url for url in super().get_urls() if getattr(url, "name", "") not in ELSEWHERE]

    def admin_view(self, view, cacheable=False):
        """Sends strangers to the login; what is not for this person is not there (404)."""
        guarded = super().admin_view(view, cacheable)

        @role_required(*INSIDE)
        @wraps(guarded)
        def for_the_desk(request, *args, **kwargs):
            try:
                return guarded(request, *args, **kwargs)
            except PermissionDenied as refusal:
                raise Http404 from refusal

        return for_the_desk

    def get_app_list(self, request, app_label=None):
        """The masters this person may open: made once for all who hold the same rights."""
        rights = (frozenset(permissions_of(request.user)), app_label)
        if rights not in self._app_lists:
            self._app_lists[rights] = super().get_app_list(request, app_label)
        return self._app_lists[rights]

    def each_context(self, request):
        parts = panels_for("desk.lists", None, request.user)
        search = next((part.context["search"] for part in parts if "search" in part.context), "")
        return super().each_context(request) | {"desk_lists": _by_title(parts), "desk_search_url": search}

    @method_decorator(require_safe)
    def index(self, request, extra_context=None):
        """The desk and system administration open their day here."""
        home = panels_for("desk.home", None, request.user)
        title = self.index_title if home else "台帳と決まりごと"
        context = {"home": home, "title": title, "now": timezone.now()}
        return super().index(request, context | (extra_context or {}))

    def app_index(self, request, app_label, extra_context=None):
        """There is no page of an app: the left column has all lists."""
        raise Http404


def _by_title(parts) -> list[dict]:
    """The groups of the left column; groups of the same title, of whatever floor, are one."""
    groups = {}
    for group in (group for part in parts for group in part.context["groups"]):
        groups.setdefault(group["title"], []).extend(group["links"])
    return [{"title": title, "links": links} for title, links in groups.items()]

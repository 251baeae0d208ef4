"""What the roof adds to the desk's site: pages whose deeds reach over several floors."""

from functools import partial

from django.contrib import admin
from django.urls import path

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.wake import soon
from proposals.admin import imports
from proposals.models import TableImport
from zamagate.tasks import take_in_table


def wake(import_id: int) -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it."""
    soon(take_in_table, import_id)


PAGES = [
    ("<slug:kind>/", imports.bring, "import_bring"),
    ("<slug:kind>/<slug:token>/", partial(imports.look, wake=wake), "import_look"),
    ("<slug:kind>/<slug:token>/refused.csv", imports.refused_rows, "import_refused"),
]


@admin.register(TableImport)
class TableImportAdmin(admin.ModelAdmin):
    """表の取込み; no stock view answers here."""

    def has_module_permission(self, request):
        return False  # the left column has it

    def get_urls(self):
        return [
            path(route, self.admin_site.admin_view(role_required(Role.DESK)(view)), name=name)
            for route, view, name in PAGES
        ]

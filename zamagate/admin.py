"""What the roof adds to the desk's site: pages whose deeds reach over several floors."""

from functools import partial

from django.contrib import admin
from django.urls import path

from cityhall.access import role_required
from cityhall.models import Role
from cityhall.wake import soon
from proposals.admin import ledger
from proposals.models import LedgerImport
from zamagate.tasks import take_in_ledger


def wake(import_id: int) -> None:
    """Ask a worker now; when none can be asked, the sweep on beat does it."""
    soon(take_in_ledger, import_id)


PAGES = [
    ("", ledger.bring, "ledger_bring"),
    ("<slug:token>/", partial(ledger.look, wake=wake), "ledger_import"),
    ("<slug:token>/refused.csv", ledger.refused_rows, "ledger_refused"),
]


@admin.register(LedgerImport)
class LedgerImportAdmin(admin.ModelAdmin):
    """受付台帳の取込み; no stock view answers here."""

    def has_module_permission(self, request):
        return False  # the left column has it

    def get_urls(self):
        return [
            path(route, self.admin_site.admin_view(role_required(Role.DESK)(view)), name=name)
            for route, view, name in PAGES
        ]

"""What the roof brings to the pages of other floors."""

from django.urls import reverse

from cityhall.access import has_role
from cityhall.models import Role
from cityhall.panels import Panel, panel


@panel("desk.lists")
def ledger_import(subject, user):
    """受付台帳の取込み, for the desk."""
    if has_role(user, Role.DESK):
        links = [{"name": "受付台帳の取込み", "url": reverse("admin:import_bring", args=["ledger"])}]
        return Panel(
            "出し入れ",
            "admin/nav_sidebar.html",
            {"groups": [{"title": "出し入れ", "links": links}]},
            order=20,
        )

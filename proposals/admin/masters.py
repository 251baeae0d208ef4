"""The troubles of the city hall and the organisations, as the desk keeps them."""

from django.contrib import admin
from django.utils import timezone

from cityhall import text
from cityhall.admin import Master, Once
from proposals.models import Measure, Organization, ReplyText, Theme
from proposals.services import indexing


@admin.register(Theme)
class ThemeAdmin(Master):
    form = Once
    list_display = ["title", "number", "department", "wanted", "published_on", "closes_on"]
    list_select_related = ["department"]
    list_filter = ["wanted"]
    search_fields = ["title", "number"]

    def view_on_site(self, theme):
        """The way to the public page, while there is one."""
        return theme.get_absolute_url() if theme.is_open_on(timezone.localdate()) else None


@admin.register(Organization)
class OrganizationAdmin(Master):
    list_display = ["name", "kind", "corporate_number", "is_fictional"]
    list_filter = ["kind"]
    search_fields = ["name", "name_key", "corporate_number"]
    readonly_fields = ["is_fictional"]

    def save_model(self, request, organization, form, change):
        organization.name_key = text.name_key(organization.name)
        super().save_model(request, organization, form, change)
        indexing.renamed(organization)


@admin.register(ReplyText)
class ReplyTextAdmin(Master):
    form = Once
    list_display = ["title", "order", "is_used"]
    list_filter = ["is_used"]
    search_fields = ["title", "text"]


@admin.register(Measure)
class MeasureAdmin(Master):
    form = Once
    list_display = ["name", "kind", "plan", "order", "valid_from", "valid_to"]
    list_filter = ["kind"]
    search_fields = ["name"]

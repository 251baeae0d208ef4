"""The troubles of the city hall, and what else the desk keeps at hand."""

from django.contrib import admin
from django.utils import timezone

from cityhall.admin import Master, Once
from proposals.models import Measure, ReplyText, Theme


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

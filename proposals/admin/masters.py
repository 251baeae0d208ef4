"""The troubles of the city hall, and what else the desk keeps at hand."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from cityhall.admin import Master, Once
from proposals.admin import themes
from proposals.admin.pages import desk_paths
from proposals.models import Measure, ReplyText, Theme


@admin.register(Theme)
class ThemeAdmin(Master):
    """The troubles as the desk keeps them; what the public sees is published on a page of its own."""

    form = Once
    readonly_fields = ["published_on"]
    list_display = ["title", "number", "department", "wanted", "published_on", "closes_on", "fits"]
    list_select_related = ["department"]
    list_filter = ["wanted"]
    search_fields = ["title", "number"]

    @admin.display(description="会えそうな相手")
    def fits(self, theme):
        url = reverse("admin:proposals_theme_fits", args=[theme.pk])
        return format_html('<a href="{}">見る<span class="z-unseen">（{}）</span></a>', url, theme)

    def get_urls(self):
        return [*desk_paths(self, themes.PAGES), *super().get_urls()]

    def has_change_permission(self, request, obj=None):
        """A section's draft is the section's own: the desk publishes it or gives it back."""
        is_a_draft = obj is not None and obj.written_by_id is not None and obj.published_on is None
        return super().has_change_permission(request, obj) and not is_a_draft

    def save_model(self, request, theme, form, change):
        """What the desk itself writes down for a section is asked for by that."""
        if theme.published_on is None:
            theme.asked_on, theme.asked_by = timezone.localdate(), request.user
        theme.version += 1
        super().save_model(request, theme, form, change)

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

"""The masters of the city hall in the desk's admin: sections, staff, postings, closed days, letters."""

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList, ChangeListSearchForm
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.core.exceptions import BadRequest
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404

from cityhall import calendar, post
from cityhall.admin_letters import LetterPages, moment
from cityhall.models import ClosedDay, Department, OutgoingMail, Posting, User


class Search(ChangeListSearchForm):
    """The words looked for; 400 for more than a person types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR].validators.append(MaxLengthValidator(100))

    def is_valid(self):
        if not super().is_valid():
            raise BadRequest("この言葉は探せません。")
        return True


class StrictList(ChangeList):
    """A list that answers 400 to a parameter it does not know, instead of leaving it out."""

    search_form_class = Search

    def get_queryset(self, request, *args, **kwargs):
        return self._strictly(super().get_queryset, request, *args, **kwargs)

    def get_results(self, request):
        return self._strictly(super().get_results, request)

    def _strictly(self, ask, *args, **kwargs):
        try:
            return ask(*args, **kwargs)
        except IncorrectLookupParameters as wrong:
            raise BadRequest("この絞り込みは読めませんでした。") from wrong


WITHIN_THE_CALENDAR = [
    MinValueValidator(calendar.FIRST, f"{calendar.FIRST.year}年からの日を入れてください。"),
    MaxValueValidator(calendar.LAST, f"{calendar.LAST.year}年までの日を入れてください。"),
]


class Once(forms.ModelForm):
    """A new row that says just what another says is refused: the button was pressed twice."""

    def clean(self):
        told = super().clean()
        is_new = self.instance.pk is None and not self.errors
        if is_new and self._meta.model.objects.filter(**told).exists():
            raise forms.ValidationError("同じものが、もう登録されています。")
        return told


def _read(request):
    """The request, if it only asks; what is sent to a page that takes nothing is not there (404)."""
    if request.method == "POST":
        raise Http404
    return request


class Master(admin.ModelAdmin):
    """A plain list with plain forms: no bulk actions, the browser's own day picker, strict parameters."""

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = {
        models.DateField: {
            "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "validators": WITHIN_THE_CALENDAR,
        }
    }

    def changelist_view(self, request, extra_context=None):
        """A list is read: no action is taken on its rows, none is saved from it."""
        return super().changelist_view(_read(request), extra_context)

    def history_view(self, request, object_id, extra_context=None):
        """What was done here is read."""
        return super().history_view(_read(request), object_id, extra_context)

    def get_changelist(self, request, **kwargs):
        return StrictList

    def lookup_allowed(self, lookup, value, request):
        """Only what the list's own filters ask: no lookup of the address's choosing (D21)."""
        filters = [getattr(chosen, "parameter_name", chosen) for chosen in self.list_filter]
        return lookup in {f"{name}{how}" for name in filters for how in ("", "__exact", "__isnull")}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # no pop-ups: the left column has every list
        return field


class NotOneself:
    """Nobody changes their own rights: one's own row can be read, not written."""

    def is_own(self, request, row) -> bool:
        raise NotImplementedError

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and self.is_own(request, obj))


@admin.register(Department)
class DepartmentAdmin(Master):
    list_display = ["name", "division", "email", "valid_from", "valid_to", "successor"]
    list_select_related = ["successor"]
    search_fields = ["name", "division"]


@admin.register(ClosedDay)
class ClosedDayAdmin(Master):
    list_display = ["on", "reason"]


class NewUserForm(AdminUserCreationForm):
    """A new member of staff; what they may do follows from a posting, made next."""

    class Meta:
        model = User
        fields = ["username", "name", "email"]


@admin.register(User)
class StaffAdmin(NotOneself, Master, UserAdmin):
    """Who can log in; there are no groups and no permission rows to edit."""

    add_form = NewUserForm
    list_display = ["username", "name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    add_fieldsets = [(None, {"fields": ["username", "name", "email", "password1", "password2"]})]

    def is_own(self, request, row):
        return row.pk == request.user.pk

    def get_fieldsets(self, request, obj=None):
        fields = ["username", "password", "name", "email", "is_active", "last_login"]
        if obj and not self.has_change_permission(request, obj):
            fields.remove("password")
        return [(None, {"fields": fields})] if obj else self.add_fieldsets


@admin.register(Posting)
class PostingAdmin(NotOneself, Master):
    """Who holds which role where and when; a wrong one is ended and made anew, since records name it."""

    form = Once
    list_display = ["user", "department", "role", "kind", "title", "valid_from", "valid_to"]
    list_select_related = ["user", "department"]
    list_filter = ["role", "kind"]
    search_fields = ["user__name", "user__username", "department__name"]

    def is_own(self, request, row):
        return row.user_id == request.user.pk

    def get_readonly_fields(self, request, obj=None):
        return ["user", "department", "role"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class UndeliveredFilter(admin.SimpleListFilter):
    title = "届いたか"
    parameter_name = "undelivered"

    def lookups(self, request, model_admin):
        return [("yes", "届いていない")]

    def queryset(self, request, queryset):
        if self.value() not in (None, "yes"):
            raise IncorrectLookupParameters
        return post.undelivered(queryset) if self.value() else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(LetterPages, Master):
    """Letters as they left or wait; nobody writes or changes one here."""

    list_display = ["subject", "standing", "last_error", "written"]
    list_filter = [UndeliveredFilter, "state"]
    search_fields = ["about", "to", "subject"]

    @admin.display(description="状態", ordering="state")
    def standing(self, letter):
        return letter.standing

    @admin.display(description="書いた時刻", ordering="created_at")
    def written(self, letter):
        return moment(letter.created_at)

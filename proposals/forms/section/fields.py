"""What the forms of this room have in common: days, and the state of the case their page showed."""

from django import forms

from cityhall import calendar
from cityhall.refusal import NotAllowed, Stale
from proposals.forms.fields import FOR_PROPOSALS, Needed, Version, refuse_in_words
from proposals.workflow import Step

WHEN_CHOSEN = FOR_PROPOSALS  # ◎: asked for once a choice on the page opens it


class Day(Needed, forms.Field):
    """A day, picked or typed as 2026-06-12, R8.6.12 or 令和8年6月12日."""

    say_when_empty = "日を入れてください。"
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value):
        return refuse_in_words(calendar.parse_day, value) if value else None


class VersionedForm(forms.Form):
    """A form that says which state of the case its page showed (D11), and at which step it makes sense."""

    at: Step
    version = Version()

    def __init__(self, data=None, *, proposal, **kwargs):
        super().__init__(data, initial={"version": proposal.version, **kwargs.pop("initial", {})}, **kwargs)
        self.proposal = proposal
        self.is_overtaken = False

    @property
    def is_in_time(self) -> bool:
        """Whether the case is still at the step this form is for."""
        return self.proposal.step == self.at

    def refuse(self, refusal: NotAllowed) -> None:
        """Say why, keep what was typed, and show the case as it is now."""
        self.add_error(None, str(refusal))
        self.proposal.refresh_from_db()
        self.is_overtaken = isinstance(refusal, Stale) or not self.is_in_time
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.proposal.version


def typed(form: forms.Form) -> list[dict]:
    """What was typed or chosen, as terms and values, for a page that can no longer take it."""
    said = [(field.label, _said(field)) for field in form if not _is_secret(field)]
    return [{"term": label, "value": value} for label, value in said if value]


def _is_secret(field: forms.BoundField) -> bool:
    return field.is_hidden or isinstance(field.field.widget, forms.PasswordInput)


def _said(field: forms.BoundField) -> str:
    if isinstance(field.field.widget, forms.CheckboxInput):
        return "はい" if field.value() else ""
    words = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    value = field.value()
    if value in (None, ""):
        return ""  # and not the words of an empty choice
    if isinstance(value, list):
        return "、".join(words.get(str(one), str(one)) for one in value)
    return words.get(str(value), value)

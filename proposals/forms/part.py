"""One part of the public form: it asks what its track asks, and reads what the draft holds."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from cityhall.layout import Place
from proposals.forms.fields import Ticks
from proposals.forms.papers import Papers
from proposals.models import Track

# an answer that opens a field; without it the field is hidden and does not count
OPENS = {"theme": ("answer_to", "theme"), "cost_amount": ("cost", "yes"), "rights_note": ("rights", "yes")}


class PartForm(forms.Form):
    """`answers` are as typed (`typed`), of all parts; `is_checked` says whether errors are to be told."""

    groups: dict[str, list[str]] = {}  # heading: its fields; the heading may be empty

    def __init__(self, answers: dict | None = None, *, track: str = Track.PROPOSAL, is_checked: bool = True):
        super().__init__(answers if is_checked else None, initial=answers)
        for name, field in self.base_fields.items():
            if not _asks(field, track):
                del self.fields[name]
        for field in self.fields.values():
            field.required = field.required or field.needed
        for name in OPENS.keys() & self.fields.keys():
            self.fields[name].wrapper_class = f"z-when-{name.replace('_', '-')}"
        self.order_fields([name for names in self.groups.values() for name in names])

    @classmethod
    def typed(cls, data, track: str) -> dict:
        """What came from the page, field by field as typed; what this track does not ask is left out."""
        return {
            name: data.getlist(name) if isinstance(field, Ticks) else data.get(name, "")
            for name, field in cls.base_fields.items()
            if _asks(field, track) and not isinstance(field, Papers)
        }

    @property
    def helper(self) -> FormHelper:
        """How crispy lays it out; the page itself brings the <form>, the error summary and the buttons."""
        made = FormHelper()
        made.form_tag = made.form_show_errors = False
        made.disable_csrf = True
        made.layout = Layout(*(Fieldset(heading, *pieces) for heading, pieces in self._pieces() if pieces))
        return made

    def _pieces(self):
        for heading, names in self.groups.items():
            yield heading, [Place(name) for name in names if name in self.fields]

    def clean(self):
        for name, (opener, answer) in OPENS.items():
            if name in self.fields and self.cleaned_data.get(opener) != answer:
                self.errors.pop(name, None)
                self.cleaned_data.pop(name, None)

    def refuse(self, name: str | None, sentences: list[str]) -> None:
        """Say at a field, or of the whole, what was refused, though nothing else need be checked."""
        self.full_clean()
        self.cleaned_data = getattr(self, "cleaned_data", {})
        if sentences:
            self.add_error(name, sentences)

    def is_open(self, name: str) -> bool:
        """Whether the field counts, as the answers stand."""
        opener, answer = OPENS.get(name, ("", None))
        return not opener or self.data.get(opener) == answer

    def said(self, name: str) -> str:
        """An answer in words: as it was understood, else as it was typed."""
        given = self.cleaned_data.get(name, self.data.get(name, "")) if self.is_bound else ""
        choices = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(given, list):
            return "、".join(given)
        if isinstance(given, int):
            return f"{given:,}円"
        return str(choices.get(self.data.get(name), "" if given is None else given))


def _asks(field: forms.Field, track: str) -> bool:
    return track == Track.PROPOSAL or not field.only_proposal

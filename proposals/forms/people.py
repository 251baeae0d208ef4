"""Letting in a further person of the same organisation, and stopping a code."""

from django import forms
from django.db.models import QuerySet

from proposals.forms.fields import MUST, Line
from proposals.forms.once import Once
from proposals.services.people import LONGEST


class InviteForm(Once):
    """Whose code it is to be."""

    label = Line(
        MUST,
        "どなたの番号ですか",
        LONGEST,
        counted=True,
        help_text="番号を見分けるための名前です。例 広報の架空さん",
    )


class StopForm(forms.Form):
    """Which code is to open nothing any more."""

    guest = forms.ModelChoiceField(QuerySet(), label="止める番号")

    def __init__(self, data, *, guests: QuerySet):
        super().__init__(data)
        self.fields["guest"].queryset = guests

"""What is good for a section in a match."""

from django import forms

from proposals.forms.fields import MUST, Line


class GainForm(forms.Form):
    """The section's own words; written again, they replace what stood."""

    gain = Line(
        MUST, "貴課にとって良いこと", 300, help_text="例：回っていた見守りの件数を、週に1日ぶん減らせる"
    )

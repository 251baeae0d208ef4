"""A lost code: which case it was, then the eight digits that came by mail."""

import re
import unicodedata

from django import forms

from cityhall import text
from proposals.forms.fields import MUST, Line
from proposals.forms.once import Once

WRONG = (
    "受付番号と8桁の番号を、もう一度お確かめください。番号は15分のあいだ、5回まで入れられます。"
    "過ぎたときは、1時間後に番号を送り直せます。お急ぎのときは、窓口へお電話ください。"
)


def _short(**attrs):
    return forms.TextInput(attrs={"class": "z-short", **attrs})


class LostForm(forms.Form):
    """Which case."""

    number = Line(MUST, "受付番号", 40, help_text="例 R8-0001", widget=_short())

    def clean_number(self):
        """As it is stored; what is no number of a case stays something no case is called."""
        typed = re.sub(r"[^RHS0-9]", "", unicodedata.normalize("NFKC", self.cleaned_data["number"]).upper())
        return f"{typed[:-4]}-{typed[-4:]}"


class DigitsForm(Once, LostForm):
    """The digits beside the case number; the page brings the code it will show."""

    refusal_title = "番号が確かめられませんでした"
    digits = Line(
        MUST,
        "8桁の番号",
        40,
        help_text="メールでお送りした数字。全角・半角は問いません。",
        autocomplete="one-time-code",
        widget=_short(inputmode="numeric"),
    )
    field_order = ["number", "digits"]

    def clean_digits(self):
        digits = text.digits(self.cleaned_data["digits"])
        if len(digits) != 8:
            raise forms.ValidationError("8桁の数字を入れてください。")
        return digits

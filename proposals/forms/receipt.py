"""The door of the receipt page: number and code, as on the paper."""

import re
import unicodedata

from django import forms

from proposals.forms.fields import MUST, Line
from proposals.services import receipts

UNKNOWN = "受付番号と確認番号を、控えのとおりに入れてください。全角・半角、ハイフンの有無は問いません。"


class ReceiptForm(forms.Form):
    """Wrong number and wrong code get one answer, and what was typed stays."""

    refusal_title = "番号が確かめられませんでした"
    number = Line(MUST, "受付番号", 40, help_text="例 R8-0001")
    code = Line(MUST, "確認番号", 100, help_text="送ったあとの画面に出た、30字の英数字")

    def clean_number(self):
        typed = re.sub(r"[^RHS0-9]", "", unicodedata.normalize("NFKC", self.cleaned_data["number"]).upper())
        return f"{typed[:-4]}-{typed[-4:]}"

    def clean(self):
        if self.errors:
            return
        self.proposal = receipts.open_receipt(self.cleaned_data["number"], self.cleaned_data["code"])
        if self.proposal is None:
            raise forms.ValidationError(UNKNOWN)

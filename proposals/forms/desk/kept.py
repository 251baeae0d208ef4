"""What a narrowed list is kept under."""

from django import forms

from proposals.filters import ProposalFilter, narrowing, unknown
from proposals.forms.fields import MUST, Line


class KeepForm(forms.Form):
    """A name for a narrowed list, and whether all of the desk may use it."""

    query = forms.CharField(widget=forms.HiddenInput, max_length=1000, required=False)
    name = Line(MUST, "名前", 40, help_text="例：3週間動いていない福祉の案件")
    is_shared = forms.BooleanField(label="窓口のみんなで使う", required=False)

    def clean_query(self) -> str:
        """The narrowing in one way of writing; refuses what the list itself would refuse."""
        found = narrowing(self.cleaned_data["query"])
        if unknown(found) or not ProposalFilter(found).form.is_valid():
            raise forms.ValidationError("この絞り込みは読めませんでした。一覧から、もう一度開いてください。")
        return found.urlencode()

"""担当の引継ぎ: from whom, to whom, and why."""

from django import forms

from cityhall.models import User
from proposals.forms.fields import MUST, Drop, Line


class HandoverForm(forms.Form):
    """Two people and a reason; `seen` is what the preview showed."""

    person = Drop(MUST, "だれから", [])
    to = Drop(MUST, "だれへ", [])
    reason = Line(MUST, "引き継ぐわけ", 200, help_text="案件ごとの記録に残ります。例：4月の人事異動のため")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, holders, officers, **options):
        super().__init__(data, **options)
        self.fields["person"].choices = [("", "人を選ぶ"), *holders]
        self.fields["to"].choices = [("", "人を選ぶ"), *officers]

    def people(self) -> tuple[User, User]:
        """Both, as they are stored."""
        found = User.objects.in_bulk([int(self.cleaned_data["person"]), int(self.cleaned_data["to"])])
        return found[int(self.cleaned_data["person"])], found[int(self.cleaned_data["to"])]

    def clean(self):
        given = super().clean()
        if given.get("person") and given.get("person") == given.get("to"):
            self.add_error("to", "引き継ぐ人と受け取る人が同じです。")
        return given

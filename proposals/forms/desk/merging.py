"""Which case another one belongs to: a double and its original, two that are related, one split off."""

import secrets

from django import forms

from cityhall import text
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import MUST, Line, Lines
from proposals.models import Proposal

NO_SUCH = "{} という案件はありません。番号を確かめてください。"


class OtherForm(CaseForm):
    """The number of another case."""

    other = Line(MUST, "相手の受付番号", 10, help_text="例：R8-0001")

    def clean_other(self) -> Proposal:
        number = text.search_key(self.cleaned_data["other"]).upper()
        found = Proposal.objects.select_related("organization").filter(number=number).first()
        if found is None:
            raise forms.ValidationError(NO_SUCH.format(number))
        return found


class MergeForm(OtherForm):
    """A double into its original (`other`)."""

    slot = "merge"
    note = Lines(MUST, "理由", 400, help_text="記録に残ります。例：同じ提案が、電話とフォームで届いたため")
    field_order = ["other", "note"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["other"].widget = forms.HiddenInput()

    def for_service(self) -> dict:
        given = self.cleaned_data
        return {"into": given["other"], "note": given["note"], "version": given["version"]}


class RelateForm(OtherForm):
    """Another case that belongs to this one."""

    slot = "relate"

    def for_service(self) -> dict:
        return {"other": self.cleaned_data["other"]}


class SplitForm(CaseForm):
    """What of a case becomes a case of its own; sent once for its key."""

    slot = "split"
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=lambda: secrets.token_urlsafe(24))
    title = Line(MUST, "分けた案件の件名", 40, room=200)
    overview = Lines(
        MUST, "分けた案件の概要", 1000, help_text="届いた言葉のうち、この案件にあたるところを残してください。"
    )
    note = Lines(MUST, "分ける理由", 400, help_text="両方の記録に残ります。")

    def __init__(self, data=None, *, proposal, **options):
        told = proposal.latest_submission
        initial = {"title": proposal.title, "overview": told.overview if told else ""}
        super().__init__(data, proposal=proposal, initial=initial, **options)

    def refuse(self, refusal) -> None:
        """Say why, and take another key: what is sent next is another case."""
        super().refuse(refusal)
        self.data["key"] = self.fields["key"].initial()

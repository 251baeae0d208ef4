"""What the desk does about something a section heard."""

from django import forms

from cityhall import text
from proposals.forms.desk.merging import NO_SUCH
from proposals.forms.fields import MUST, Line, Lines
from proposals.models import Proposal


class OfHint(forms.Form):
    """A form at the line of a hint (`row`)."""

    def __init__(self, data=None, *, row, **options):
        super().__init__(data, **options)
        self.row = row


class JoinForm(OfHint):
    """The case it belongs to."""

    proposal = Line(MUST, "案件の受付番号", 10, help_text="例：R8-0001")

    def clean_proposal(self) -> Proposal:
        number = text.search_key(self.cleaned_data["proposal"]).upper()
        found = Proposal.objects.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(NO_SUCH.format(number))
        return found


class AnswerHintForm(OfHint):
    """What became of it instead."""

    words = Lines(MUST, "課への返事", 300, help_text="どこへつないだか、なぜ案件にしないか。")

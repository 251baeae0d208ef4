"""What a move of the table asks for."""

from django import forms

from cityhall import text
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import MUST, Line, Lines
from proposals.models import Proposal


class MoveForm(CaseForm):
    """A move without anything to write."""


class ReasonForm(MoveForm):
    """A move that needs its reason."""

    note = Lines(MUST, "理由", 400, help_text="記録に残ります。あとから読む人に分かるように書いてください。")


class LeaveForm(ReasonForm):
    """A move out of the desk that names the next place."""

    next_place = Line(
        MUST, "次の窓口", 100, help_text="どこへ相談すればよいか。例：相互提案型協働事業（市民協働課）"
    )


class MergeForm(ReasonForm):
    """A double into its original."""

    into = Line(MUST, "まとめ先の受付番号", 10, help_text="例：R8-0001。番号は両方とも残ります。")
    field_order = ["into", "note"]

    def clean_into(self) -> Proposal:
        number = text.search_key(self.cleaned_data["into"]).upper()
        into = Proposal.objects.filter(number=number).first()
        if into is None:
            raise forms.ValidationError(f"{number} という案件はありません。番号を確かめてください。")
        return into


MOVE_FORMS = {"out_of_scope": LeaveForm, "hand_on": LeaveForm, "merge": MergeForm}


def move_form(row) -> type[MoveForm]:
    """The form a move of the table asks for."""
    return MOVE_FORMS.get(row.name) or (ReasonForm if row.needs_note else MoveForm)

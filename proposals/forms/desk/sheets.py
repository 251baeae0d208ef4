"""つなぐシート to sections, an answer no longer waited for, the section in charge."""

from django import forms

from cityhall.models import Department
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Line, Lines, Pick
from proposals.forms.section.fields import Day
from proposals.models import Hearing


class AskForm(CaseForm):
    """つなぐシート to several sections at once."""

    slot = "ask"
    departments = forms.TypedMultipleChoiceField(
        label="つなぎ先の課",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "課を1つ以上選んでください。"},
    )
    request = Pick(MUST, "お願いの種類", Hearing.Request.choices, initial=Hearing.Request.TELL)
    reason = Lines(
        MUST, "つなぐ理由", 400, help_text="その課の困りごとの側から書くと、同じ説明を繰り返さずに済みます。"
    )
    due_on = Day(MUST, "返事の期限", help_text="ふつうは7開庁日です。")

    def __init__(self, data=None, *, proposal, departments, due_on, **options):
        super().__init__(data, proposal=proposal, initial={"due_on": due_on}, **options)
        self.fields["departments"].choices = departments

    def for_service(self) -> dict:
        asked = Department.objects.filter(pk__in=self.cleaned_data["departments"])
        return self.cleaned_data | {"departments": list(asked)}


class WaiveForm(CaseForm):
    """No longer waiting for a section."""

    reason = Lines(MUST, "待たない理由", 200, help_text="記録に残り、その課も読みます。")


class LeadForm(CaseForm):
    """The section in charge."""

    slot = "lead"
    department = forms.TypedChoiceField(
        label="所管課", coerce=int, error_messages={"required": "課を選んでください。"}
    )
    note = Line(FREE, "決めた理由", 200)

    def __init__(self, data=None, *, proposal, departments, **options):
        super().__init__(data, proposal=proposal, initial={"department": proposal.department_id}, **options)
        self.fields["department"].choices = [("", "課を選ぶ"), *departments]

    def for_service(self) -> dict:
        chosen = Department.objects.get(pk=self.cleaned_data["department"])
        return self.cleaned_data | {"department": chosen}

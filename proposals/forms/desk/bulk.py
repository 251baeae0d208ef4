"""What a deed over many cases asks for, once for all of them."""

from django import forms
from django.utils import timezone

from cityhall import closures
from proposals.forms.fields import MUST, Lines, Pick
from proposals.forms.section.fields import Day
from proposals.models import DeskJob, Hearing
from proposals.queries import departments_on, desk_officers
from proposals.services.exporting import FORMATS
from proposals.services.hearings import OPEN_DAYS_TO_ANSWER


class RemindForm(forms.Form):
    """Nothing to decide."""

    def as_kept(self) -> dict:
        """What was decided, as a job keeps it."""
        return {}


class AssignForm(RemindForm):
    """Who looks after them."""

    officer = forms.TypedChoiceField(
        label="担当", coerce=int, error_messages={"required": "担当を選んでください。"}
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["officer"].choices = [("", "選んでください"), *desk_officers()]

    def as_kept(self) -> dict:
        return dict(self.cleaned_data)


class AskForm(RemindForm):
    """つなぐシート to the same sections, in the same words."""

    departments = forms.TypedMultipleChoiceField(
        label="つなぎ先の課",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "課を1つ以上選んでください。"},
    )
    request = Pick(MUST, "お願いの種類", Hearing.Request.choices, initial=Hearing.Request.TELL)
    reason = Lines(MUST, "つなぐ理由", 400, help_text="選んだ案件すべてに、同じ文が入ります。")
    due_on = Day(MUST, "返事の期限", help_text="ふつうは7開庁日です。")

    def __init__(self, *args, **options):
        today = timezone.localdate()
        due_on = closures.due_after(today, OPEN_DAYS_TO_ANSWER)
        super().__init__(*args, initial={"due_on": due_on}, **options)
        self.fields["departments"].choices = departments_on(today)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("返事の期限は、今日より後の日にしてください。")
        return due_on

    def as_kept(self) -> dict:
        return self.cleaned_data | {"due_on": self.cleaned_data["due_on"].isoformat()}


class ExportForm(forms.Form):
    """How the list is written out."""

    format = Pick(
        MUST,
        "ファイルの形",
        [(name, words) for name, (words, *_) in FORMATS.items()],
        hints={"cp932": "書けない文字（𠮷・鷗など）があれば、どの行かをお知らせします。「?」にはしません。"},
        initial="xlsx",
    )


FORMS = {
    DeskJob.Kind.ASSIGN: AssignForm,
    DeskJob.Kind.ASK: AskForm,
    DeskJob.Kind.REMIND: RemindForm,
}

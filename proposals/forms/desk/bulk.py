"""What a deed over many cases asks for, once for all of them."""

from django import forms
from django.utils import timezone

from cityhall import closures
from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick
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


class SheetForm(forms.Form):
    """What a つなぐシート asks."""

    request = Drop(MUST, "お願いの種類", Hearing.Request.choices, initial=Hearing.Request.TELL)
    reason = Lines(MUST, "つなぐ理由", 400)
    due_on = Day(MUST, "返事の期限")

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("返事の期限は、今日より後の日にしてください。")
        return due_on

    def as_kept(self) -> dict:
        return self.cleaned_data | {"due_on": self.cleaned_data["due_on"].isoformat()}


class AskForm(SheetForm):
    """つなぐシート to the same sections; the words are those of all cases without their own."""

    field_order = ["departments", "request", "reason", "due_on"]
    request = Pick(MUST, "お願いの種類", Hearing.Request.choices, initial=Hearing.Request.TELL)
    departments = forms.TypedMultipleChoiceField(
        label="つなぎ先の課",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "課を1つ以上選んでください。"},
    )

    def __init__(self, *args, **options):
        today = timezone.localdate()
        due_on = closures.due_after(today, OPEN_DAYS_TO_ANSWER)
        super().__init__(*args, initial={"due_on": due_on}, **options)
        self.fields["departments"].choices = departments_on(today)
        self.fields["reason"].help_text = "選んだ案件すべてに入ります。次の画面で、案件ごとに変えられます。"
        self.fields["due_on"].help_text = "ふつうは7開庁日です。"


class OwnSheetForm(SheetForm):
    """The words of one case, where they are not those for all; or that it is left out, and why."""

    skip = forms.BooleanField(label="この案件は飛ばす", required=False)
    why = Line(FREE, "飛ばす理由", 200)

    def __init__(self, sent, *, number: str):
        """What was typed for the case; where nothing was, what was typed for all."""
        typed = {name: sent.get(f"{number}-{name}", sent.get(name, "")) for name in SheetForm.base_fields}
        own = {name: sent.get(f"{number}-{name}", "") for name in ("skip", "why")}
        super().__init__({f"{number}-{k}": v for k, v in (typed | own).items()}, prefix=number)
        self.for_all = {name: sent.get(name, "") for name in typed}

    def clean(self):
        given = super().clean()
        if given.get("skip") and not given.get("why"):
            self.add_error("why", "飛ばす理由を書いてください。結果の画面に出ます。")
        if given.get("why") and not given.get("skip"):
            self.add_error("skip", "飛ばすときは、印を付けてください。")
        return given

    @property
    def changed(self) -> list[forms.BoundField]:
        """The fields that do not say what was typed for all."""
        return [field for field in self if _plain(field.data) != _plain(self.for_all.get(field.name, ""))]

    def as_kept(self) -> dict:
        """What is the case's own."""
        if self.cleaned_data["skip"]:
            return {"skip": self.cleaned_data["why"]}
        names = {field.name for field in self.changed} & set(self.for_all)
        return {name: value for name, value in super().as_kept().items() if name in names}


def _plain(typed) -> str:
    return str(typed or "").replace("\r\n", "\n").strip()


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

"""What the desk adds to a case: a contact, a note, something to do, undoing, the kind of case."""

import secrets

from django import forms
from django.utils import timezone

from cityhall.models import User
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick, Tick
from proposals.forms.section.fields import Day
from proposals.models import Category, Encounter
from proposals.services.encounters import MovesTheFirst


def new_key() -> str:
    return secrets.token_urlsafe(24)


class OnceForm(CaseForm):
    """A form that adds something once for its key; its page may be older than the case."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_key)

    def for_service(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def refuse(self, refusal) -> None:
        """Say why, and take another key: what is sent next is a thing of its own."""
        super().refuse(refusal)
        self.data["key"] = new_key()


class EncounterForm(OnceForm):
    """A call, a visit, a card exchanged; a day before 初回相談日 is asked about once more."""

    slot = "encounter"
    kind = Pick(MUST, "どのように", Encounter.Kind.choices, initial=Encounter.Kind.PHONE)
    on = Day(MUST, "いつ", initial=timezone.localdate)
    who = Line(FREE, "だれと", 100, help_text="部署や名前。分かるときだけ。")
    text = Lines(MUST, "何を話しましたか", 2000, help_text="窓口だけが読みます。")
    asks = forms.BooleanField(widget=forms.HiddenInput, required=False)
    is_sure = Tick(FREE, "初回相談日を変える")
    reason = Line(FREE, "初回相談日を変えるわけ", 200)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["is_sure"].plain = self.fields["reason"].plain = True
        self._set_aside = {} if data and data.get("asks") else self._aside()

    def _aside(self) -> dict:
        return {name: self.fields.pop(name) for name in ("is_sure", "reason")}

    def for_service(self) -> dict:
        return {name: value for name, value in super().for_service().items() if name != "asks"}

    def refuse(self, refusal) -> None:
        super().refuse(refusal)
        if isinstance(refusal, MovesTheFirst):
            self.fields |= self._set_aside
            self.data["asks"] = "on"


class CorrectEncounterForm(EncounterForm):
    """A contact written down wrongly, put right."""

    key = None
    slot = "correct"
    reason = Line(MUST, "訂正のわけ", 200, help_text="記録に残ります。前の記録も消えません。")

    def _aside(self) -> dict:
        return {"is_sure": self.fields.pop("is_sure")}


class NoteForm(OnceForm):
    """覚え: kept in the record, read by the desk alone."""

    slot = "note"
    text = Lines(MUST, "覚え", 2000, help_text="窓口だけが読みます。記録に残り、消せません。")


class TodoForm(OnceForm):
    """Something to do, by whom and by when."""

    slot = "todo"
    text = Line(MUST, "すること", 200)
    due_on = Day(FREE, "いつまでに")
    owner = forms.TypedChoiceField(label="だれが", required=False, coerce=int, empty_value=None)

    def __init__(self, data=None, *, officers, **options):
        super().__init__(data, **options)
        self.fields["owner"].choices = [("", "窓口のだれか"), *officers]

    def for_service(self) -> dict:
        owner = User.objects.filter(pk=self.cleaned_data["owner"]).first()
        return super().for_service() | {"owner": owner}


class UndoForm(CaseForm):
    """One's own last move, taken back."""

    slot = "undo"


class CategoryForm(CaseForm):
    """案件の種類."""

    slot = "category"
    category = Drop(FREE, "案件の種類", [("", "決めていません"), *Category.choices])

    def __init__(self, data=None, *, proposal, **options):
        super().__init__(data, proposal=proposal, initial={"category": proposal.category}, **options)

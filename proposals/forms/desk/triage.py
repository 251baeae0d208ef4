"""The desk's summary, 相談 → 提案, and a held case let in."""

from django import forms
from django.utils import timezone

from cityhall.models import User
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Lines
from proposals.forms.once import Once
from proposals.forms.section.fields import Day


class SummaryForm(CaseForm):
    """The only ordinary form of the case: the desk's own words, and who looks after it."""

    slot = "summary"
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    summary = Lines(FREE, "窓口の要約", 2000, help_text="庁内で読まれる文です。つなぐシートの頭に入ります。")
    officer = forms.TypedChoiceField(label="担当", required=False, coerce=int, empty_value=None)

    def __init__(self, data=None, *, proposal, officers, **options):
        initial = {"was": seen_of(proposal), "summary": proposal.summary, "officer": proposal.officer_id}
        super().__init__(data, proposal=proposal, initial=initial, **options)
        self.fields["officer"].choices = [("", "決めていません"), *officers]
        for field in self.fields.values():
            field.plain = True

    @property
    def seen_summary(self) -> str:
        """The summary as it was when this page was opened: what both changed."""
        return self.cleaned_data["was"].replace("\r\n", "\n").partition("\n")[2]

    @property
    def seen_officer(self) -> int | None:
        """The officer as this page showed it."""
        seen = self.cleaned_data["was"].partition("\n")[0].strip()
        return int(seen) if seen.isdecimal() else None

    def for_service(self) -> dict:
        """Only what others did to these very fields makes the page stale."""
        given = self.cleaned_data
        is_untouched = given["was"].replace("\r\n", "\n") == seen_of(self.proposal)
        version = self.proposal.version if is_untouched else given["version"]
        officer = User.objects.filter(pk=given["officer"]).first()
        return {"summary": given["summary"], "officer": officer, "version": version}

    def refuse(self, refusal):
        super().refuse(refusal)
        self.data["was"] = seen_of(self.proposal)


def seen_of(proposal) -> str:
    """What the page of a case shows of officer and summary, to know later whether it is so still."""
    return f"{proposal.officer_id or ''}\n{proposal.summary}"


class ReceiveForm(CaseForm):
    """相談 → 提案."""

    on = Day(
        MUST,
        "受付日",
        initial=timezone.localdate,
        help_text="「提案」として受け付けた日です。受付件数はこの日で数えます。",
    )


class CodeForm(Once, CaseForm):
    """A fresh code for the proposer; pressed twice it is the same code."""

    def refuse(self, refusal) -> None:
        CaseForm.refuse(self, refusal)
        self.renew()

    def for_service(self) -> dict:
        return {"version": self.cleaned_data["version"], "code": self.code}


class ReleaseForm(CaseForm):
    """A held case is no nuisance."""

"""Which of two summaries stands, chosen on the page that shows both."""

from django import forms

from cityhall.models import User
from proposals.differences import joined
from proposals.forms.desk.base import CaseForm
from proposals.forms.desk.care import new_key
from proposals.forms.desk.triage import seen_of
from proposals.forms.fields import FREE, MUST, Lines, Pick
from proposals.services.settling import BOTH, MINE, THEIRS

CHOICES = [(BOTH, "両方を生かす"), (MINE, "あなたの文にする"), (THEIRS, "いまの文のままにする")]


class ConflictForm(CaseForm):
    """`was` is what is saved as this page shows it, `base` what both began with, `mine` what one wrote."""

    slot = "conflict"
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_key)
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    mine = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    choice = Pick(MUST, "どうしますか", CHOICES, initial=BOTH)
    joined = Lines(FREE, "両方を生かした文", 2000)
    officer = forms.TypedChoiceField(label="担当", required=False, coerce=int, empty_value=None)

    def __init__(self, data=None, *, proposal, officers, base="", mine="", officer=None, **options):
        self.together, self.touches = joined(base, proposal.summary, mine)
        initial = {"was": seen_of(proposal), "base": base, "mine": mine, "officer": officer}
        super().__init__(data, proposal=proposal, initial=initial | {"joined": self.together}, **options)
        self.shows_officer = self.is_bound or officer != proposal.officer_id
        self.fields["joined"].plain = self.fields["officer"].plain = True
        self.fields["officer"].choices = [("", "決めていません"), *officers]

    def said(self, name: str) -> str:
        """A text as it came from the page, with plain line ends."""
        return (self.cleaned_data.get(name) or "").replace("\r\n", "\n")

    @property
    def is_overtaken_again(self) -> bool:
        return self.said("was") != seen_of(self.proposal)

    @property
    def is_settled(self) -> bool:
        """Whether the text chosen is the one saved: the button was pressed before."""
        chosen = {BOTH: "joined", MINE: "mine"}.get(self.cleaned_data["choice"])
        return bool(chosen) and self.said(chosen) == self.proposal.summary

    def as_begun(self) -> tuple[str, str]:
        """What was chosen, and from what it was begun, for a page after yet another saving."""
        if self.cleaned_data.get("choice") == BOTH:
            return self.said("was").partition("\n")[2], self.said("joined")
        return self.said("base"), self.said("mine")

    def for_service(self) -> dict:
        given = self.cleaned_data
        officer = User.objects.filter(pk=given["officer"]).first()
        told = {name: self.said(name) for name in ("joined", "mine")}
        return {**told, "choice": given["choice"], "key": given["key"], "officer": officer} | {
            "version": self.proposal.version
        }

"""The public form: 相談 and 提案 in one; what must hold across its fields, and what the desk takes in."""

from datetime import date

from django import forms
from django.utils import timezone

from cityhall import calendar
from proposals.forms import layout, stamps, words
from proposals.forms.fields import Ticks
from proposals.forms.questions import Agreement, Beginning, Substance
from proposals.models import Theme, Track

LATE = "時間がたったため、もう一度送ってください。書いた文はそのまま残っています。"
MONTHS_AHEAD = 24
# form field: column
ORGANIZATION = {
    "organization_name": "name",
    "organization_kind": "kind",
    "organization_kana": "kana",
    **{same: same for same in ("corporate_number", "postal_code", "address", "website")},
}
CONTACT = {
    "contact_name": "name",
    "contact_kana": "kana",
    **{same: same for same in ("section", "email", "phone", "ways", "consideration")},
}
SUBMISSION = {
    **{same: same for same in ("representative", "local_base")},
    **{same: same for same in (*Substance.base_fields, *Agreement.base_fields)},
}
for _asked_but_not_kept in ("answer_to", "notices", "privacy"):
    del SUBMISSION[_asked_but_not_kept]


class ProposeForm(Agreement, Substance, Beginning):
    """A 相談 needs the ● fields; a 提案 the ◎ fields too."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, **options):
        self.is_late = data is not None and stamps.read(data.get("stamp", "")) is None
        if self.is_late:
            data = data.copy()
            data["stamp"] = stamps.new()
        super().__init__(data, **options)
        today = timezone.localdate()
        self.fields["theme"].queryset = Theme.objects.open_on(today)
        self.fields["wished_month"].choices = [("", "未定"), *_months(today)]
        self.initial.setdefault("stamp", stamps.new())
        self.order_fields(layout.ORDER)
        self.helper = layout.helper(self.fields)

    # --- what must hold ---------------------------------------------------

    def clean_track(self):
        return Track(self.cleaned_data["track"])

    def clean_sdgs(self):
        if len(self.cleaned_data["sdgs"]) > 3:
            raise forms.ValidationError("3つまでにしてください。")
        return self.cleaned_data["sdgs"]

    def clean_wished_month(self):
        month = self.cleaned_data["wished_month"]
        return date.fromisoformat(f"{month}-01") if month else None

    def clean(self):
        if self.is_late:
            self.add_error(None, LATE)
        if self.cleaned_data.get("track") == Track.PROPOSAL:
            self._check_what_a_proposal_needs()
        else:
            self._forget_what_a_consultation_does_not_ask()
        again = self.cleaned_data.get("email_again")
        if again and again != self.cleaned_data.get("email", again):
            self.add_error("email_again", "上のメールアドレスと違っています。どちらかを直してください。")

    def _forget_what_a_consultation_does_not_ask(self) -> None:
        for name, field in self.fields.items():
            if getattr(field, "only_proposal", False):
                self.errors.pop(name, None)
                self.cleaned_data.pop(name, None)

    def _check_what_a_proposal_needs(self) -> None:
        given = self.cleaned_data
        if "pledges" in given and (left := len(words.PLEDGES) - len(given["pledges"])):
            self.add_error("pledges", f"約束していただくことが{left}つ残っています。")
        for name, field in self.fields.items():
            if getattr(field, "needed", False) and name in given and not given[name]:
                self.add_error(name, field.say_when_empty)
        if given.get("answer_to") == "theme" and "theme" in given and not given["theme"]:
            self.add_error("theme", "答える困りごとを選んでください。")
        if given.get("nondisclosure") and not given.get("nondisclosure_reason", True):
            self.add_error("nondisclosure_reason", "公開を望まない理由をお書きください。")

    # --- what the desk takes in -------------------------------------------

    @property
    def sent_stamp(self) -> stamps.Stamp:
        """Key and receipt code of the page that was sent."""
        return stamps.read(self.data["stamp"])

    @property
    def is_doubtful(self) -> bool:
        """Whether a machine may have written it: such a case is held for the desk, never dropped."""
        return bool(self.data.get(stamps.TRAP)) or stamps.is_too_quick(self.data["stamp"])

    def refuse(self, refusal) -> None:
        """Say why, and take another stamp: what is sent next is a sending of its own."""
        self.add_error(None, str(refusal))
        self.data = self.data.copy()
        self.data["stamp"] = stamps.new()

    def submission(self) -> dict:
        """The columns of the Submission, with the versions of what was agreed to."""
        return self._filled(SUBMISSION) | {
            "notices_version": words.NOTICES_VERSION,
            "pledges_version": words.PLEDGES_VERSION if self.cleaned_data.get("pledges") else "",
        }

    def organization(self) -> dict:
        """The columns of the Organization."""
        return self._filled(ORGANIZATION)

    def contact(self) -> dict:
        """The columns of the Contact."""
        return self._filled(CONTACT)

    def _filled(self, columns: dict[str, str]) -> dict:
        given = self.cleaned_data
        return {column: given[name] for name, column in columns.items() if given.get(name) not in (None, "")}


def typed(data) -> dict:
    """What was typed, to show it again in a form that was never checked."""
    many = [name for name, field in ProposeForm.base_fields.items() if isinstance(field, Ticks)]
    shown = {name: data.getlist(name) if name in many else data[name] for name in data}
    if stamps.read(shown.get("stamp", "")) is None:
        shown.pop("stamp", None)
    return shown


def _months(today: date) -> list[tuple[str, str]]:
    this_month = today.year * 12 + today.month - 1
    days = [date(n // 12, n % 12 + 1, 1) for n in range(this_month, this_month + MONTHS_AHEAD)]
    return [(f"{day:%Y-%m}", calendar.wareki(day).removesuffix("1日")) for day in days]

"""受付の確かめ: each question answered with yes or no, a yes with its reason."""

from proposals.eligibility import ANSWERS, EXCLUSIONS, QUESTIONS, YES
from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Line, Lines, Pick


class GateForm(CaseForm):
    """The questions in two groups; the note sums up what was looked at."""

    slot = "gate"
    note = Lines(MUST, "確かめたこと", 400, help_text="どう確かめたかを、1文で書いてください。")

    def __init__(self, data=None, *, proposal, **options):
        super().__init__(data, proposal=proposal, **options)
        for key, words in QUESTIONS.items():
            self.fields[key] = Pick(MUST, words, ANSWERS)
            self.fields[f"{key}_why"] = Line(FREE, f"「{words}」のわけ", 200)
            self.fields[f"{key}_why"].plain = True

    def rows(self) -> list[dict]:
        """Each question with its reason, for the template."""
        return [
            {"answer": self[key], "why": self[f"{key}_why"], "is_exclusion": key in EXCLUSIONS}
            for key in QUESTIONS
        ]

    def clean(self):
        given = super().clean()
        for key, words in QUESTIONS.items():
            if given.get(key) == YES and not given.get(f"{key}_why"):
                self.add_error(f"{key}_why", f"「{words}」に当たるわけをお書きください。")
        return given

    def for_service(self) -> dict:
        given = self.cleaned_data
        return {
            "answers": {key: given[key] for key in QUESTIONS},
            "reasons": {key: given[f"{key}_why"] for key in QUESTIONS if given[f"{key}_why"]},
            "note": given["note"],
            "version": given["version"],
        }

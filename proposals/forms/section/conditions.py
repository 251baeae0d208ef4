"""What becomes of the conditions of a 条件付採用."""

from django.utils import timezone

from proposals.forms.fields import FREE, MUST, Lines, Pick
from proposals.forms.section.fields import Day, VersionedForm
from proposals.workflow import Step

MET, WAIVED = "met", "waived"


class SettleForm(VersionedForm):
    """One condition met, or waived with a reason."""

    at = Step.CONDITIONS
    how = Pick(MUST, "確かめたこと", [(MET, "満たした"), (WAIVED, "免じる（条件から外す）")])
    on = Day(MUST, "確かめた日", initial=timezone.localdate)
    words = Lines(FREE, "理由・確かめ方", 200, help_text="免じるときは、理由が要ります。")

    def clean(self):
        data = super().clean()
        if data.get("how") == WAIVED and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "免じる理由を書いてください。")
        return data

    def for_service(self) -> dict:
        """What `decisions.settle_condition` asks for."""
        data = self.cleaned_data
        kind = "waived_reason" if data["how"] == WAIVED else "note"
        return {"on": data["on"], "version": data["version"], kind: data["words"]}


class FulfilForm(VersionedForm):
    """All conditions are settled: the case is adopted."""

    at = Step.CONDITIONS

    def for_service(self) -> dict:
        """What `decisions.fulfil` asks for."""
        return {"version": self.cleaned_data["version"]}


class LapseForm(VersionedForm):
    """The conditions will not come true: the case is declined, with a reason."""

    at = Step.CONDITIONS
    reason = Lines(MUST, "見送る理由", 400)

    def for_service(self) -> dict:
        """What `decisions.lapse` asks for."""
        return {"note": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}

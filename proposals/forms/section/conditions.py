"""What becomes of the conditions of a 条件付採用."""

from django.utils import timezone

from proposals.forms.fields import FREE, MUST, Drop, Lines, Pick, missing
from proposals.forms.section.decision import MarksForm
from proposals.forms.section.fields import Day, VersionedForm
from proposals.forms.section.password import PasswordAgain
from proposals.reasons import offered
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
            self.add_error("words", missing("免じる理由を書いてください。"))
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


class LapseForm(PasswordAgain, MarksForm):
    """The conditions will not come true: the case is declined, a decision as any other."""

    at = Step.CONDITIONS
    field_order = ["reason_code", "reason", "draft_number", "authority", "decided_on", "password"]
    reason_code = Drop(MUST, "理由の区分", [("", "選んでください"), *offered("lapse")])
    reason = Lines(MUST, "見送る理由", 1000, help_text="提案者へのお知らせの下書きになります。")

    def for_service(self) -> dict:
        """What `decisions.lapse` asks for."""
        return {name: value for name, value in self.cleaned_data.items() if name != "password"}

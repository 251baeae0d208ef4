"""What a section in joint charge says, and the fairness log."""

from proposals.forms.fields import FREE, MUST, Line, Lines, Pick, missing
from proposals.forms.section.fields import VersionedForm
from proposals.forms.section.password import PasswordAgain
from proposals.models import Fairness
from proposals.workflow import Step

AGREES, DISAGREES = "yes", "no"


class ConsentForm(PasswordAgain, VersionedForm):
    """同意する, or not with a reason, and the password of the head who says so."""

    at = Step.DECISION
    answer = Pick(
        MUST,
        "この案件を進めることに",
        [(AGREES, "同意する"), (DISAGREES, "同意しない")],
        {DISAGREES: "同意のないまま、採用・条件付採用はできません"},
    )
    text = Lines(FREE, "理由・添える言葉", 400, help_text="同意しないときは、理由が要ります。")

    field_order = ["version", "answer", "text", "password"]

    def clean(self):
        data = super().clean()
        if data.get("answer") == DISAGREES and not data.get("text") and "text" not in self.errors:
            self.add_error("text", missing("同意しない理由を書いてください。"))
        return data

    def for_service(self) -> dict:
        """What `joint.consent` asks for."""
        data = self.cleaned_data
        return {"agrees": data["answer"] == AGREES, "text": data["text"], "version": data["version"]}


class FairnessForm(VersionedForm):
    """公平さの確かめ; the contacts are counted by the system."""

    is_in_time = True  # the service knows the steps
    tender = Pick(
        MUST,
        "公募の要否",
        Fairness.Tender.choices,
        {
            Fairness.Tender.NEEDED: "市の支出や、場所・権利の独占があるとき",
            Fairness.Tender.FREE: "市の新たな支出も、場所・権利の独占もないとき",
        },
    )
    tender_reason = Line(FREE, "その理由", 300, help_text="必要・不要のどちらでも、理由が要ります。")
    same_info = Lines(
        FREE,
        "ほかの団体への同じ案内",
        300,
        help_text="同じ情報を、いつ、だれに出したか。出していないときは、その理由。",
    )
    others = Lines(
        FREE, "検討したほかの候補", 300, help_text="ほかの団体・ほかの方法。なければ「なし」と書けます。"
    )
    route = Pick(MUST, "費用の型", Fairness.Route.choices)

    def __init__(self, data=None, *, proposal, **options):
        log = Fairness.objects.filter(proposal=proposal).first() or Fairness()
        written = {name: getattr(log, name) for name in self.base_fields if hasattr(log, name)}
        super().__init__(data, proposal=proposal, initial=written, **options)

    def clean(self):
        data = super().clean()
        decided = data.get("tender") not in (None, "", Fairness.Tender.UNSURE)
        if decided and not data.get("tender_reason") and "tender_reason" not in self.errors:
            self.add_error("tender_reason", missing("公募が要るか要らないかの理由を書いてください。"))
        return data

    def for_service(self) -> dict:
        """What `fairness.write` asks for."""
        return self.cleaned_data

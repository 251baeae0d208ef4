"""⑥ as the head of the section in charge writes it: a verdict, or the way back to the desk."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from cityhall.refusal import NotAllowed
from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick
from proposals.forms.section.fields import WHEN_CHOSEN, Day, VersionedForm
from proposals.forms.section.password import PasswordAgain
from proposals.models import Decision
from proposals.services import decisions
from proposals.workflow import Step

HINTS = {
    "go": "決裁日が案件化日になります",
    "go_if": "条件がそろった日が案件化日になります",
    "in_principle": "考え方に賛成し、いまは案件にしません",
    "continue": "④マッチング・調整に戻り、話し合いを続けます",
    "no_go": "書いた理由が、次の種になります",
}
ROWS = (1, 2, 3)
ASKS = ("条件を書いてください。", "だれが行うかを書いてください。", "いつまでにかを入れてください。")


def _names(n: int) -> list[str]:
    return [f"condition{n}_{part}" for part in ("text", "owner", "due")]


class DecisionForm(PasswordAgain, VersionedForm):
    """The verdict with its reason, its conditions and the marks of the paper decision."""

    at = Step.DECISION
    verdict = Pick(MUST, "結論", (), HINTS)
    reason = Lines(
        WHEN_CHOSEN,
        "理由",
        1000,
        help_text="提案者へのお知らせの下書きになります。採用のときは、書かなくても構いません。",
    )
    draft_number = Line(MUST, "起案番号", 40)
    authority = Drop(MUST, "決裁区分", Decision.Authority.choices)
    decided_on = Day(MUST, "決裁日", initial=timezone.localdate)

    field_order = [
        *("verdict", "reason"),
        *(name for n in ROWS for name in _names(n)),
        *("draft_number", "authority", "decided_on", "password"),
    ]

    def __init__(self, *args, moves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [(row.name, row.label) for row in moves]
        for n in ROWS:
            self.fields |= _condition_fields(n)
        self.order_fields(self.field_order)

    @property
    def rows(self) -> list[list]:
        """The three rows of a condition, for the template."""
        return [[self[name] for name in _names(n)] for n in ROWS]

    @property
    def labels(self) -> list[tuple[str, str]]:
        """What the button says for each verdict."""
        return self.fields["verdict"].choices

    def clean_decided_on(self):
        try:
            decisions.check_day(self.proposal, self.cleaned_data["decided_on"])
        except NotAllowed as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["decided_on"]

    def clean(self):
        data = super().clean()
        verdict = data.get("verdict")
        if verdict and verdict != "go" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "理由を書いてください。採用のほかは、理由が記録に残ります。")
        if verdict == "go_if":
            self._check_conditions(data)
        return data

    def _check_conditions(self, data: dict) -> None:
        begun = [n for n in ROWS if any(data.get(name) or name in self.errors for name in _names(n))]
        for n in begun or [1]:
            for name, ask in zip(_names(n), ASKS, strict=True):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, ask)

    def for_service(self) -> dict:
        """What `decisions.decide` asks for; conditions count only for 条件付採用."""
        data = self.cleaned_data
        is_conditional = data["verdict"] == "go_if"
        taken = {
            name: data[name] for name in ("reason", "draft_number", "authority", "decided_on", "version")
        }
        return taken | {"name": data["verdict"], "conditions": self._conditions() if is_conditional else []}

    def _conditions(self) -> list[dict]:
        rows = [[self.cleaned_data[name] for name in _names(n)] for n in ROWS]
        return [{"text": text, "owner": owner, "due_on": due} for text, owner, due in rows if text]


def _condition_fields(n: int) -> dict:
    need = WHEN_CHOSEN if n == 1 else FREE
    fields = (
        Line(need, f"条件{n}", 200),
        Line(need, f"条件{n}：だれが", 60),
        Day(need, f"条件{n}：いつまでに"),
    )
    return dict(zip(_names(n), fields, strict=True))


class SendBackForm(VersionedForm):
    """The way back to the desk, with a reason."""

    at = Step.DECISION
    reason = Lines(
        MUST, "差し戻す理由", 400, help_text="窓口が次に何をすればよいかが分かるように書いてください。"
    )

    def for_service(self) -> dict:
        """What `advance` asks for."""
        return {"note": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}

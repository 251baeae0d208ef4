"""⑥ as the section in charge writes it: a draft, a verdict, or the way back to the desk."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cityhall.models import Department
from cityhall.refusal import NotAllowed
from cityhall.templatetags.zama import options
from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick, Version, missing
from proposals.forms.section.fields import WHEN_CHOSEN, Day, VersionedForm
from proposals.forms.section.password import PasswordAgain
from proposals.models import Decision
from proposals.reasons import offered
from proposals.services import decisions
from proposals.workflow import DECISIONS, WORKFLOW, Step

HINTS = {
    "go": "決裁日が案件化日になります",
    "go_if": "条件がそろった日が案件化日になります",
    "in_principle": "考え方に賛成し、いまは案件にしません",
    "continue": "④マッチング・調整に戻り、話し合いを続けます",
    "no_go": "書いた理由が、次の種になります",
}
FEWEST, MOST = 3, 20  # rows of conditions
ASKS = ("条件を書いてください。", "だれが行うかを書いてください。", "いつまでにかを入れてください。")
NOT_SAID = {"csrfmiddlewaretoken", "password", "version", "draft", "go", "papers"}
MARKS = ("reason", "draft_number", "authority", "decided_on", "consulted")


def _names(n: int) -> list[str]:
    return [f"condition{n}_{part}" for part in ("text", "owner", "due")]


class PickSections(forms.ModelMultipleChoiceField):
    """Any of the sections there are today."""

    widget = forms.CheckboxSelectMultiple


class MarksForm(VersionedForm):
    """The marks of the paper decision."""

    draft_number = Line(MUST, "起案番号", 40)
    authority = Drop(MUST, "決裁区分", Decision.Authority.choices)
    decided_on = Day(MUST, "決裁日", initial=timezone.localdate)

    def clean_decided_on(self):
        try:
            decisions.check_day(self.proposal, self.cleaned_data["decided_on"])
        except NotAllowed as refusal:
            raise ValidationError(str(refusal)) from refusal
        return self.cleaned_data["decided_on"]


class DraftForm(MarksForm):
    """The verdict with its reason, its conditions and the marks of the paper decision; kept as it is typed.

    `draft` says which draft the page showed (0: none), `rows` how many conditions there is room for.
    """

    at = Step.DECISION
    draft = Version()
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    verdict = Pick(MUST, "結論", (), HINTS)
    reason = Lines(
        WHEN_CHOSEN,
        "理由",
        1000,
        help_text="提案者へのお知らせの下書きになります。採用のときは、書かなくても構いません。",
    )
    consulted = PickSections(label="合議課", queryset=None, required=False)

    def __init__(self, data=None, *, proposal, draft=None, said=None, **options):
        said = said if said is not None else draft.said if draft else {}
        given = {"draft": draft.version if draft else 0, **options.pop("initial", {}), **said}
        super().__init__(data, proposal=proposal, initial=given, **options)
        self.count = _rows(data if data is not None else given)
        self.initial["rows"] = self.count
        moves = [WORKFLOW.row(name, source=Step.DECISION) for name in DECISIONS]
        self.fields["verdict"].choices = [(row.name, row.label) for row in moves]
        others = Department.objects.valid_on(timezone.localdate()).exclude(pk=proposal.department_id)
        self.fields["consulted"].queryset = others
        for name in DECISIONS:
            choices = [("", "選んでください"), *offered(name)]
            self.fields[f"code_{name}"] = Drop(WHEN_CHOSEN, "理由の区分", choices)
        for n in range(1, self.count + 1):
            self.fields |= _condition_fields(n)
        conditions = [name for n in range(1, self.count + 1) for name in _names(n)]
        self.order_fields(["verdict", *(f"code_{name}" for name in DECISIONS), "reason", *conditions])

    # --- for the template -------------------------------------------------

    def choices(self) -> Iterator[dict]:
        """Each verdict with the reasons it offers."""
        for option, name in zip(options(self["verdict"]), DECISIONS, strict=True):
            yield option | {"name": name, "code": self[f"code_{name}"]}

    @property
    def condition_rows(self) -> list[list]:
        """The rows of conditions."""
        return [[self[name] for name in _names(n)] for n in range(1, self.count + 1)]

    @property
    def can_grow(self) -> bool:
        return self.count < MOST

    @property
    def labels(self) -> list[tuple[str, str]]:
        """What the button says for each verdict."""
        return self.fields["verdict"].choices

    # --- what was typed ----------------------------------------------------

    def clean(self):
        data = super().clean()
        verdict = data.get("verdict")
        if not verdict:
            return data
        self._ask(data, f"code_{verdict}", "理由の区分を選んでください。")
        if verdict != "go":
            self._ask(data, "reason", "理由を書いてください。採用のほかは、理由が記録に残ります。")
        if verdict == "go_if":
            self._check_conditions(data)
        return data

    def _check_conditions(self, data: dict) -> None:
        rows = range(1, self.count + 1)
        begun = [n for n in rows if any(data.get(name) or name in self.errors for name in _names(n))]
        for n in begun or [1]:
            for name, ask in zip(_names(n), ASKS, strict=True):
                self._ask(data, name, ask, where=f"条件{n}：")

    def _ask(self, data: dict, name: str, sentence: str, where: str = "") -> None:
        if not data.get(name) and name not in self.errors:
            self.add_error(name, missing(sentence, where=where))

    def for_service(self) -> dict:
        """What `decisions.decide` asks for; conditions count only for 条件付採用."""
        data = self.cleaned_data
        name = data["verdict"]
        return {
            **{mark: data[mark] for mark in MARKS},
            "name": name,
            "reason_code": data[f"code_{name}"],
            "conditions": self._conditions() if name == "go_if" else [],
            "version": data["version"],
            "draft_version": data["draft"],
        }

    def _conditions(self) -> list[dict]:
        rows = [[self.cleaned_data[name] for name in _names(n)] for n in range(1, self.count + 1)]
        return [{"text": text, "owner": owner, "due_on": due} for text, owner, due in rows if text]


class DecisionForm(PasswordAgain, DraftForm):
    """The same, with the password of the head who confirms it."""


def _condition_fields(n: int) -> dict:
    need = WHEN_CHOSEN if n == 1 else FREE
    fields = (
        Line(need, f"条件{n}", 200),
        Line(need, f"条件{n}：だれが", 60),
        Day(need, f"条件{n}：いつまでに"),
    )
    return dict(zip(_names(n), fields, strict=True))


def _rows(said) -> int:
    """How many rows of conditions the page had, within reason."""
    try:
        return min(MOST, max(FEWEST, int(said.get("rows") or FEWEST)))
    except (TypeError, ValueError):
        return FEWEST


def said_in(data) -> dict:
    """What was typed, by field, as it can be stored and shown again; no password among it."""
    kept = {name: data.get(name, "") for name in data if name not in NOT_SAID}
    return kept | {"consulted": data.getlist("consulted")}


def with_a_row_more(said: dict) -> dict:
    return said | {"rows": min(MOST, _rows(said) + 1)}


def draft_version_in(data) -> int:
    """Which draft the page showed; -1, which there never is, where that cannot be read."""
    version = data.get("draft", "")
    return int(version) if version.isdecimal() and len(version) < 9 else -1


class SendBackForm(VersionedForm):
    """The way back to the desk, with a reason."""

    at = Step.DECISION
    reason = Lines(
        MUST, "差し戻す理由", 400, help_text="窓口が次に何をすればよいかが分かるように書いてください。"
    )

    def for_service(self) -> dict:
        """What `advance` asks for."""
        return {"note": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}


class RewriteForm(VersionedForm):
    """A head asks for the draft to be rewritten."""

    at = Step.DECISION
    draft = Version()
    text = Lines(MUST, "直してほしいこと", 400)

    def for_service(self) -> dict:
        """What `decision_drafts.send_back` asks for."""
        return {"text": self.cleaned_data["text"], "draft_version": self.cleaned_data["draft"]}

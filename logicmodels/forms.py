"""What the desk writes on a draft: boxes, arrows, indicators, assumptions, and answers to the advice."""

from collections import defaultdict
from collections.abc import Callable
from itertools import groupby

from django import forms

from cityhall import calendar
from cityhall.refusal import NotAllowed, Stale
from logicmodels.beginnings import Beginning
from logicmodels.checks import Finding
from logicmodels.content import INDICATOR_KEYS, LONG_LIMIT, TEXT_LIMIT
from logicmodels.models import LogicModel, Node, Paper
from logicmodels.vocabulary import Column, Evidence, Side
from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick, Version, refuse_in_words


class Few(Lines):
    """A text of a line or two, kept as one line."""

    def clean(self, value):
        return " ".join(super().clean(value).split("\n"))


class DraftForm(forms.Form):
    """A form on a draft; it says which saving of the draft its page showed (D11)."""

    version = Version()

    def __init__(self, data=None, *, model: LogicModel, **options):
        initial = {"version": model.version, **options.pop("initial", {})}
        super().__init__(data, initial=initial, **options)
        self.model, self.is_stale = model, False

    def carry_out(self, deed: Callable) -> bool:
        """Do the deed with what was typed; a refusal stays on the form, and the typed words with it."""
        if not (self.is_bound and self.is_valid()):
            return False
        try:
            deed(**self.cleaned_data)
        except NotAllowed as refusal:
            self._refuse(refusal)
        return not self.errors

    def _refuse(self, refusal):
        self.add_error(None, str(refusal))
        self.is_stale = isinstance(refusal, Stale)
        self.model.refresh_from_db()
        self.data = self.data.copy()
        self.data["version"] = self.model.version


class StartForm(forms.Form):
    """What a model is called, and what it begins from."""

    title = Line(
        MUST, "題", TEXT_LIMIT, help_text="だれの、何のためのロジックモデルか、一目で分かる題にします。"
    )
    beginning = Drop(
        FREE,
        "何から始めるか",
        [],
        help_text="ひな形や前の旅の箱と矢印を写してから、自分たちの言葉に直します。",
    )

    def __init__(self, data=None, *, nothing: str, offered: dict[str, list[Beginning]], **options):
        super().__init__(data, **options)
        groups = [(title, [(one.key, one.name) for one in some]) for title, some in offered.items() if some]
        self.fields["beginning"].choices = [("", nothing), *groups]
        self.contents = {one.key: one.content for found in offered.values() for one in found}

    @property
    def content(self) -> dict | None:
        """What was picked; None for the empty beginning."""
        return self.contents.get(self.cleaned_data["beginning"])


class WordsForm(DraftForm):
    """The words around the picture."""

    title = Line(MUST, "題", TEXT_LIMIT)
    core = Line(FREE, "ロジックの核", LONG_LIMIT, help_text="因果の流れを、→ でつないで1行で書きます。")
    external_factors = Lines(
        FREE, "外からの影響", 4000, help_text="こちらでは動かせないこと。1行に1つ書きます。"
    )
    negative_effects = Lines(FREE, "起きうる良くないこと", 4000, help_text="1行に1つ書きます。")

    def clean_external_factors(self):
        return self.cleaned_data["external_factors"].splitlines()

    def clean_negative_effects(self):
        return self.cleaned_data["negative_effects"].splitlines()


class NodeForm(DraftForm):
    """A box."""

    text = Few(MUST, "言葉", TEXT_LIMIT, help_text="40字までだと、A4に刷っても読めます。")
    column = Drop(MUST, "列", Column.choices)
    side = Pick(
        FREE, "持ち寄る側", [("", "決めない"), *Side.choices], help_text="インプットの箱だけに付きます。"
    )

    def __init__(self, data=None, *, column: str, **options):
        super().__init__(data, initial={"column": column, **options.pop("initial", {})}, **options)
        if column != Column.INPUT:
            del self.fields["side"]


class IndicatorForm(DraftForm):
    """A way to measure a box."""

    HELP = {
        "baseline": "まだ測っていなければ「未計測」と書きます。",
        "due": "令和8年度末、令和9年3月 のように書きます。",
        "source": "だれでも同じ数を出せる所にします。",
        "reason": "記入票やアンケートだけのときに書きます。",
    }

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        for key, label in INDICATOR_KEYS.items():
            need = MUST if key == "name" else FREE
            self.fields[key] = Line(need, label, TEXT_LIMIT, help_text=self.HELP.get(key, ""))


class NodeChoice(forms.ModelChoiceField):
    """One of the boxes of a draft, by its number and its words."""

    def __init__(self, label: str):
        super().__init__(Node.objects.none(), label=label, empty_label="箱を選ぶ", to_field_name="key")
        self.error_messages["required"] = "箱を選んでください。"

    def show(self, nodes, numbers: dict[str, str]):
        self.queryset, self.numbers = nodes, numbers

    def label_from_instance(self, node) -> str:
        return f"{self.numbers[node.key]} {node.text}"


class ArrowForm(DraftForm):
    """How sure an arrow is, and why."""

    evidence = Pick(
        FREE, "根拠", [("", "まだ決めない"), *((grade, f"{grade} {grade.label}") for grade in Evidence)]
    )
    reason = Few(
        FREE, "そう考える理由", LONG_LIMIT, help_text="統計や記録のときは、その名前と年度を書きます。"
    )


class NewArrowForm(ArrowForm):
    """An arrow between two boxes."""

    source = NodeChoice("もとの箱")
    target = NodeChoice("さきの箱")
    field_order = ("version", "source", "target")

    def __init__(self, data=None, *, model, numbers, **options):
        super().__init__(data, model=model, **options)
        for end in ("source", "target"):
            self.fields[end].show(model.nodes.all(), numbers)


class AssumptionForm(DraftForm):
    """What the chain rests on."""

    text = Few(MUST, "前提", LONG_LIMIT, help_text="これが崩れたら見直す、ということを書きます。")
    arrow = Drop(FREE, "どの矢印の前提か", [])
    check_on = Line(FREE, "確かめる日", 20, help_text="令和9年3月31日 や 2027-03-31 のように書きます。")

    def __init__(self, data=None, *, arrows, **options):
        super().__init__(data, **options)
        self.fields["arrow"].choices = [("", "全体の前提"), *arrows]

    def clean_check_on(self):
        day = self.cleaned_data["check_on"]
        return refuse_in_words(calendar.parse_day, day).isoformat() if day else ""

    def clean(self):
        told = super().clean()
        told["from"], _, told["to"] = told.pop("arrow", "").partition(">")
        return told


class FixForm(DraftForm):
    """One sentence for each kind of open finding."""

    def __init__(self, data=None, *, findings: list[Finding], numbers: dict[str, str], **options):
        super().__init__(data, **options)
        for code, same in groupby(findings, key=lambda finding: finding.code):
            hint = "なぜこのままにするか、いつどう直すかを、1文で書きます。"
            self.fields[code] = Few(MUST, _in_words(same, numbers), LONG_LIMIT, help_text=hint)

    def carry_out(self, deed: Callable) -> bool:
        """Fix the edition with the answers, which go by the code of their findings."""
        return super().carry_out(lambda version, **answers: deed(version=version, answers=answers))


def _in_words(findings, numbers):
    """「5-1・5-2 指標がまだありません。」: the same words once, with their boxes before them."""
    places = defaultdict(list)
    for finding in findings:
        places[finding.text] += [numbers[finding.node]] if finding.node else []
    return "".join(f"{'・'.join(boxes)} {text}".strip() for text, boxes in places.items())


class BookletForm(forms.Form):
    """Which models go into a booklet, and how large it is printed."""

    models = forms.ModelMultipleChoiceField(
        LogicModel.objects.none(),
        label="入れるロジックモデル",
        to_field_name="number",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "1つ以上選んでください。"},
    )
    size = Pick(MUST, "大きさ", Paper.Size.choices, initial=Paper.Size.A3)

    def __init__(self, data=None, *, models, **options):
        super().__init__(data, **options)
        self.fields["models"].queryset = models
        self.fields["models"].label_from_instance = str

    def carry_out(self, deed: Callable) -> bool:
        """Order what was picked; a refusal stays on the form."""
        if not (self.is_bound and self.is_valid()):
            return False
        try:
            deed(list(self.cleaned_data["models"]), size=self.cleaned_data["size"])
        except NotAllowed as refusal:
            self.add_error("models", str(refusal))
        return not self.errors

"""What the desk writes on a draft: boxes, arrows, indicators, assumptions, and answers to the advice."""

from collections import defaultdict
from collections.abc import Callable
from itertools import groupby

from django import forms

from cityhall import calendar
from cityhall.refusal import NotAllowed
from logicmodels.beginnings import Beginning
from logicmodels.checks import Finding
from logicmodels.content import INDICATOR_KEYS, LONG_LIMIT, TEXT_LIMIT, columns, numbers
from logicmodels.draft_form import DraftForm
from logicmodels.models import LogicModel, Paper
from logicmodels.vocabulary import Column, Evidence, Side
from proposals.forms.fields import FREE, MUST, Drop, Line, Lines, Pick, refuse_in_words


class Few(Lines):
    """A text of a line or two, kept as one line."""

    widget = forms.Textarea(attrs={"rows": 3, "data-one-line": True})

    def clean(self, value):
        return " ".join(super().clean(value).split("\n"))


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


class NewNodeForm(NodeForm):
    """A box that is not there yet."""

    def is_there(self) -> bool:
        told = {name: self.cleaned_data.get(name) for name in ("column", "text")}
        self.made = self.model.nodes.filter(**told).last()
        return self.made is not None


class IndicatorForm(DraftForm):
    """A way to measure a box; known by its place in a list, so that nothing is merged into it."""

    is_whole = True

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


class NodeChoice(Drop):
    """The key of one of the boxes of a draft, chosen by its number and its words."""

    def valid_value(self, value) -> bool:
        return True  # the service knows which boxes there are


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

    source = NodeChoice(MUST, "もとの箱", [])
    target = NodeChoice(MUST, "さきの箱", [])
    field_order = ("version", "seen", "source", "target")

    def __init__(self, data=None, *, model, **options):
        super().__init__(data, model=model, **options)
        for end in ("source", "target"):
            self.fields[end].choices = self._boxes

    def _boxes(self) -> list[tuple[str, str]]:
        content = self.model.as_content()
        given = numbers(content)
        boxes = [node for column in columns(content) for node in column]
        return [("", "箱を選ぶ"), *((node["id"], f"{given[node['id']]} {node['text']}") for node in boxes)]


class AssumptionForm(DraftForm):
    """What the chain rests on; known by its place in a list, so that nothing is merged into it."""

    is_whole = True
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
        self.answers = {finding.code for finding in findings}
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

"""A section's answer to a つなぐシート."""

from collections.abc import Iterator

from django import forms
from django.utils import timezone

from cityhall.models import Department
from cityhall.templatetags.zama import options
from proposals.forms.fields import FREE, MUST, Line, Lines, Needed, Pick, Tick, Version, missing
from proposals.forms.section.fields import WHEN_CHOSEN
from proposals.models import Hearing

Answer = Hearing.Answer

HINTS = {
    Answer.YES: "一緒に進めたい",
    Answer.IF: "何がそろえばよいかをお書きください",
    Answer.OTHER: "課の名前を選ぶと、このまま回ります",
    Answer.HARD: "理由と、いつなら考えられるかをお書きください",
}
OPENS = {
    Answer.YES: ["yes_text"],
    Answer.IF: ["if_text"],
    Answer.OTHER: ["other_section", "other_text"],
    Answer.HARD: ["hard_text", "hard_when"],
}
MISSING = {
    "if_text": "そろえたい条件を書いてください。何がそろえばよいかが分かると、窓口が動けます。",
    "other_section": "回す先の課を選んでください。「担当外」だけのお返事はできません。",
    "hard_text": "難しい理由を書いてください。次の機会に、同じ説明をせずに済みます。",
    "hard_when": "いつなら考えられるかを書いてください。決まらないときは、その見通しで構いません。",
}


class PickSection(Needed, forms.ModelChoiceField):
    """One of the sections there are today."""


class AnswerForm(forms.Form):
    """The answer; every choice opens lines of its own, so that no typed word changes its meaning."""

    own_trouble = Lines(
        FREE,
        "はじめに、貴課でいま困っていること",
        400,
        help_text="この提案に関わらないことでも構いません。提案を、貴課の困りごとの側から考えるためです。",
    )
    answer = Pick(
        MUST,
        "お返事",
        Answer.choices,
        HINTS,
        help_text="「担当外」だけのお返事はできません。ほかの課が合うと思うときは、課の名前を選べばその課に回ります。",
    )
    yes_text = Lines(FREE, "一緒に進めたいこと", 800)
    if_text = Lines(WHEN_CHOSEN, "そろえたい条件", 800)
    other_section = PickSection(WHEN_CHOSEN, "回す先の課", queryset=None, empty_label="課を選ぶ")
    other_text = Lines(FREE, "回す理由", 400, help_text="書いた文は、つなぐ理由としてその課に届きます。")
    hard_text = Lines(WHEN_CHOSEN, "難しい理由", 800)
    hard_when = Line(WHEN_CHOSEN, "いつなら考えられますか", 100)
    question = Lines(
        FREE,
        "提案者に尋ねたいこと",
        400,
        help_text="窓口が言葉を整えて尋ねます。尋ねているあいだ、貴課の日数は数えません。",
    )
    may_name = Tick(FREE, "尋ねるときに、課の名前を出してよい")
    tellable = Pick(MUST, "提案者に伝えてよい範囲", Hearing.Telling.choices)
    next_step = Line(FREE, "次の一歩（誰が、何を）", 200, help_text="例　担当係が、店を見に行く")
    next_when = Line(FREE, "次の一歩はいつ", 60, help_text="例　11月中")
    version = Version()

    def __init__(self, data=None, *, hearing, draft, **options):
        super().__init__(data, initial=draft.said | {"version": draft.version}, **options)
        sections = Department.objects.valid_on(timezone.localdate()).exclude(pk=hearing.department_id)
        self.fields["other_section"].queryset = sections

    def as_typed(self) -> dict:
        """What the draft keeps, checked or not, and which state of it the page showed."""
        said = {name: self.data.get(name, "") for name in self.fields if name != "version"}
        seen = self.data.get("version", "")
        is_number = seen.isascii() and seen.isdigit() and len(seen) < 10
        return {"said": said, "version": int(seen) if is_number else -1}

    def choices(self) -> Iterator[dict]:
        """Each answer with the fields it opens, for the template."""
        for option, names in zip(options(self["answer"]), OPENS.values(), strict=True):
            yield option | {"fields": [self[name] for name in names]}

    def clean(self):
        data = super().clean()
        for name in OPENS.get(data.get("answer"), []):
            if name in MISSING and name not in self.errors and not data.get(name):
                self.add_error(name, missing(MISSING[name]))
        return data

    def for_service(self) -> dict:
        """What `answering.confirm` asks for: the words of the chosen answer alone."""
        data, chosen = self.cleaned_data, self.cleaned_data["answer"]
        return {
            "answer": chosen,
            "text": data[f"{chosen}_text"],
            "own_trouble": data["own_trouble"],
            "possible_when": data["hard_when"] if chosen == Answer.HARD else "",
            "pass_to": data["other_section"] if chosen == Answer.OTHER else None,
            "tellable": data["tellable"],
            "next_step": data["next_step"],
            "next_when": data["next_when"],
        }

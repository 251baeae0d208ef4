"""引き合わせ: who meets whom, and what came of it."""

from django import forms
from django.db.models import Q

from cityhall import text
from cityhall.models import Department, User
from proposals.forms.desk.base import KeptForm
from proposals.forms.desk.care import OnceForm
from proposals.forms.fields import FREE, MUST, Line, Lines, Offered, Pick
from proposals.forms.section.fields import Day
from proposals.models import Encounter, Introduction, Resource

Result = Introduction.Result
FOUND = 12
MOST_TO_FIND = 60
NOT_WITH_US = ("", "市の職員は、提案者と会っていない")
HOW = [
    NOT_WITH_US,
    *[(k.value, k.label) for k in (Encounter.Kind.VISIT, Encounter.Kind.CALL, Encounter.Kind.ONLINE)],
]


class Chosen(Offered, forms.TypedMultipleChoiceField):
    """Any of several rows, by their keys."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, **options):
        super().__init__(FREE, label, coerce=int, **options)


class WhoAndWhen(forms.Form):
    """Who meets the proposer, when, where and why; partners are found by name, those chosen stay."""

    departments = Chosen("会う課")
    resources = Chosen("会う団体", help_text="紹介してよいと確かめた団体だけが並びます。")
    find = Line(
        FREE,
        "ほかの団体を名前でさがす",
        MOST_TO_FIND,
        help_text="名前の一部を入れて、いちばん下の「団体をさがす」を押すと、上に並びます。",
    )
    aim = Line(
        MUST,
        "会うわけ",
        300,
        help_text="会う方みなさんへのお知らせと、当日の用紙に載ります。例：食材の置き場所を一緒に見る",
    )
    on = Day(MUST, "会う日")
    hour = Line(FREE, "時刻", 20, help_text="例：14時から1時間")
    place = Line(FREE, "場所", 100)
    people = Line(FREE, "同席する人", 300, help_text="部署や名前。当日の用紙にだけ載ります。")
    initiative = Pick(
        MUST, "だれの発案ですか", Introduction.Initiative.choices, initial=Introduction.Initiative.DESK
    )
    agreed = Line(
        FREE,
        "提案者の了承",
        200,
        help_text="団体に会うとき、「事前に相談してほしい」とあるときは必要です。例：11月20日に電話で、担当の方から",
    )

    def offer(self, departments: list[tuple[int, str]]) -> None:
        """What can be ticked: all sections, the partners chosen, and those of the name looked for."""
        self.fields["departments"].choices = departments
        wanted = Q(pk__in=[key for key in map(_number, self["resources"].value() or ()) if key])
        # no database is asked for what none can look for: a NUL, a book
        typed = (self["find"].value() or "").replace("\0", "")[:MOST_TO_FIND].strip()
        if name := text.name_key(typed):
            wanted |= Q(organization__name_key__contains=name) | Q(name__icontains=typed)
        found = Resource.objects.shown().filter(wanted).select_related("organization")
        self.fields["resources"].choices = [(one.pk, in_a_line(one)) for one in found[: FOUND * 2]]
        if not self.fields["resources"].choices:
            self.fields[
                "resources"
            ].help_text = "下の欄に名前の一部を入れて「さがす」を押すと、ここに並びます。"

    def rows(self) -> dict:
        """What the service asks for."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("find", "version")}
        return given | {
            "departments": Department.objects.filter(pk__in=given["departments"]),
            "resources": Resource.objects.filter(pk__in=given["resources"]),
        }


def _number(typed) -> int:
    """A key as a form names it; 0, which nobody has, for anything else."""
    return int(typed) if str(typed).isascii() and str(typed).isdecimal() and len(str(typed)) < 19 else 0


def in_a_line(resource: Resource) -> str:
    """学習支援の会かくう（座間市・学習支援）."""
    of = f"{resource.organization} " if resource.name else ""
    return f"{of}{resource}（{'・'.join([*resource.areas[:2], *resource.activities[:2]])}）"


class IntroduceForm(WhoAndWhen, OnceForm):
    """An introduction to come, or one that has been."""

    slot = "introduce"

    def __init__(self, data=None, *, departments, **options):
        super().__init__(data, **options)
        self.offer(departments)

    def for_service(self) -> dict:
        return self.rows()


class ChangeIntroductionForm(WhoAndWhen, KeptForm):
    """Who meets whom, changed until it is held."""

    def __init__(self, data=None, *, kept, departments, initial, **options):
        names = ("aim", "on", "hour", "place", "people", "initiative", "agreed")
        now = {name: getattr(kept, name) for name in names}
        now |= {name: [row.pk for row in getattr(kept, name).all()] for name in ("departments", "resources")}
        super().__init__(data, kept=kept, initial=now | initial, **options)
        self.offer(departments)

    def for_service(self) -> dict:
        return self.rows() | {"version": self.cleaned_data["version"]}


class ResultForm(KeptForm):
    """What came of it, who does what next, and how the city met the proposer."""

    result = Pick(
        MUST,
        "どうなりましたか",
        Result.choices,
        hints={
            Result.GOES_ON: "次の一歩があります。",
            Result.NOT_NOW: "いまは合いませんでした。そのわけが、次の手がかりになります。",
            Result.SEED: "いまではないけれど、いつか芽が出そうです。",
            Result.NOT_MET: "取りやめた、または都合がつきませんでした。",
        },
    )
    text = Lines(
        MUST, "話したこと・わけ", 1000, help_text="続かなかったことも書き残してください。次の種になります。"
    )
    met_how = Pick(
        FREE,
        "市の職員は、提案者と会いましたか",
        HOW,
        help_text="会ったときだけ、「接触の記録」にも残ります。",
    )
    next_step = Line(FREE, "次の一歩（だれが、何を）", 200, help_text="「すること」に並びます。")
    owner = forms.TypedChoiceField(label="窓口で見る人", required=False, coerce=int, empty_value=None)
    next_on = Day(FREE, "いつまでに")

    def __init__(self, data=None, *, officers, **options):
        super().__init__(data, **options)
        self.fields["owner"].choices = [("", "窓口のだれか"), *officers]
        for name in ("owner", "next_on"):
            self.fields[name].plain = True

    def for_service(self) -> dict:
        owner = User.objects.filter(pk=self.cleaned_data["owner"]).first()
        return self.cleaned_data | {"owner": owner}


class CorrectResultForm(ResultForm):
    """A wrong result put right, or taken away."""

    result = Pick(MUST, "正しくは", [*Result.choices, ("none", "まだ結果はない（書きまちがい）")])
    text = Lines(FREE, "話したこと・わけ", 1000)
    reason = Line(MUST, "直すわけ", 200, help_text="記録に残ります。前の記録も消えません。")

    def __init__(self, data=None, *, kept, **options):
        names = {"result": "result", "text": "result_text", "next_step": "next_step", "next_on": "next_on"}
        now = {name: getattr(kept, column) for name, column in names.items()}
        super().__init__(data, kept=kept, initial=now, **options)

    def for_service(self) -> dict:
        given = super().for_service()
        if given["result"] != "none":
            return given
        return {name: given[name] for name in ("version", "reason")} | {"result": ""}

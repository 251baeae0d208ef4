"""What is asked when a TRIP is opened, moved on or told of."""

from django import forms
from django.utils import timezone

from cityhall.models import Department
from proposals.forms.fields import FREE, MUST, Line, Lines, Needed, Pick, Version
from proposals.forms.section.fields import Day
from trips.models import Result, Trip

FEW_LINES = forms.Textarea(attrs={"rows": 4})


class Choose(Needed, forms.ModelChoiceField):
    """One of the rows the page offers."""

    say_when_empty = "選んでください。"


def today(label: str, hint: str = "") -> Day:
    return Day(MUST, label, initial=timezone.localdate, help_text=hint)


class OpenForm(forms.Form):
    """A TRIP from an adopted case."""

    title = Line(MUST, "共創プロジェクトの名前", 100, help_text="誰が読んでも、何の旅か分かる名前にします。")
    department = Choose(MUST, "主に担当する課", queryset=Department.objects.none())
    on = today("開く日", "案件化の日から今日までの日です。")
    parent = Choose(
        FREE,
        "この旅を生んだ旅（親）",
        queryset=Trip.objects.none(),
        empty_label="ない",
        help_text="この旅のきっかけになった共創プロジェクトがあれば選びます。",
    )
    reason = Line(FREE, "どうつながったか", 200, help_text="親を選んだときは、1文で書きます。")

    def __init__(self, *args, parents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.valid_on(timezone.localdate())
        self.fields["parent"].queryset = parents


class MoveForm(forms.Form):
    """One move of the table."""

    on = today("いつの日付で記録しますか", "いまの段階に入った日から今日までの日です。")
    note = Lines(FREE, "添える言葉", 600, widget=FEW_LINES)
    version = Version()

    def __init__(self, *args, row, trip, **kwargs):
        super().__init__(*args, initial={"version": trip.version}, **kwargs)
        self.trip = trip
        if row.needs_note:
            self.fields["note"] = Lines(
                MUST, "理由", 600, widget=FEW_LINES, help_text="あとから読む人のために残します。"
            )

    def take_anew(self) -> None:
        """Somebody else was first: the next press is about the TRIP as it is now."""
        self.trip.refresh_from_db()
        self.data = self.data.copy()
        self.data["version"] = self.trip.version


class ResultForm(forms.Form):
    """Something that came of a TRIP."""

    kind = Pick(
        MUST, "種類", Result.Kind.choices, hints={kind.value: words for kind, words in Result.WORDS.items()}
    )
    text = Line(MUST, "生まれたもの", 200, counted=True)
    on = today("いつ")
    evidence = Line(MUST, "何で分かるか", 100, help_text="受取簿、会議録、発言など。")
    said_by = Line(MUST, "だれが言っているか", 100, help_text="団体や課の名前。個人の名前は書きません。")


class EventForm(forms.Form):
    """Something that happened on the way."""

    text = Line(MUST, "何があったか", 300, counted=True)
    on = today("いつ")
    source = Line(FREE, "出典", 100, help_text="会議録、チラシなど、確かめられるもの。")


class ReviewForm(EventForm):
    """A look back."""

    text = Line(
        MUST,
        "ふり返って分かったこと",
        300,
        counted=True,
        help_text="続かなかったことも書き残します。次の種になります。",
    )


class ReviewDayForm(forms.Form):
    """The day of the next look back."""

    on = Day(MUST, "次のふり返りの日")


class PartnerForm(forms.Form):
    """Somebody who travels along."""

    name = Line(MUST, "団体の名前", 100, help_text="登録された団体と同じ名前なら、その団体につながります。")
    role = Line(MUST, "この旅での役割", 100, help_text="例：便と運転手を出す。")


class ParentForm(forms.Form):
    """Which TRIP led to this one."""

    parent = Choose(MUST, "この旅を生んだ旅（親）", queryset=Trip.objects.none())
    reason = Line(MUST, "どうつながったか", 200, counted=True)


class LeadForm(forms.Form):
    """Which section leads."""

    department = Choose(MUST, "主に担当する課", queryset=Department.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.valid_on(timezone.localdate())

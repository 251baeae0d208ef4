"""A trouble as a section writes it, and as the desk takes it."""

from django import forms

from proposals.forms.fields import FREE, MUST, Line, Lines, Pick, Version
from proposals.forms.section.fields import Day
from proposals.models import Theme
from proposals.services.themes import WORDS

HINTS = {
    Theme.Wanted.PARTNER: "一緒に取り組む団体を探します",
    Theme.Wanted.IDEA: "考えや知恵を集めます。相手を決めるものではありません",
}


class OfTheme(forms.Form):
    """A form that says which saving of a trouble its page showed (D11)."""

    version = Version()

    def __init__(self, data=None, *, row=None, **options):
        super().__init__(data, **options)
        self.row = row
        self.initial["version"] = row.version if row else None

    def for_service(self) -> dict:
        """What the service asks for, by its own names."""
        return self.cleaned_data


class ThemeForm(OfTheme):
    """What the section says of its trouble, in words for people outside the city hall."""

    title = Line(
        MUST,
        "困りごと",
        60,
        counted=True,
        help_text="ひと目で分かるように。例：こども食堂に、食材を運ぶ手がほしい",
    )
    background = Lines(MUST, "背景", 600, help_text="いま何が起きていて、なぜ課だけでは解けないか。")
    target = Line(FREE, "だれの困りごとか", 200, help_text="例：市内のこども食堂7か所と、そこに通う家庭")
    expected = Lines(MUST, "民間に期待すること", 600)
    resources = Lines(
        FREE, "市が出せるもの", 600, help_text="場所・情報・広報・職員の手など。お金でなくて構いません。"
    )
    timing = Line(FREE, "時期", 100, help_text="例：令和9年の夏休みまでに")
    wanted = Pick(MUST, "求めること", Theme.Wanted.choices, HINTS, initial=Theme.Wanted.PARTNER)

    def __init__(self, data=None, *, theme=None):
        said = {name: getattr(theme, name) for name in WORDS} if theme else {}
        super().__init__(data, row=theme, initial=said)
        if theme is None:
            del self.fields["version"]


class PublishForm(OfTheme):
    """The desk shows it, if need be until a day."""

    closes_on = Day(FREE, "締切日", help_text="空欄なら、期限を定めません。")


class ReturnForm(OfTheme):
    """The desk gives it back, with what is to be mended."""

    reason = Lines(MUST, "戻すわけ", 300, help_text="課が何を直せばよいかが分かるように。")

"""The start page: what one comes for, and the code of a draft begun elsewhere."""

from django import forms

from proposals.forms.fields import MUST, Line, Pick
from proposals.models import Track
from proposals.services import drafts

UNKNOWN = (
    "番号を、控えのとおりに入れてください（全角・半角、ハイフンの有無は問いません）。"
    "残す期限を過ぎた下書きは、開けません。"
)


class ErrandForm(forms.Form):
    """今回のご用件; `theme` is the number of the trouble the visitor came from."""

    track = Pick(
        MUST,
        "今回のご用件",
        Track.choices,
        help_text="迷ったら「相談」で大丈夫です。あとから「提案」に切り替えられます。",
        hints={
            Track.CONSULTATION: "まだ形になっていないとき。必須は17項目、10分ほど",
            Track.PROPOSAL: "市と取り組みたいことが決まっているとき。30分ほど",
        },
    )
    theme = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def clean_track(self):
        return Track(self.cleaned_data["track"])


class ResumeForm(forms.Form):
    """下書き番号, to go on writing on another device; what was typed stays."""

    refusal_title = "この番号の下書きは見つかりませんでした"
    code = Line(MUST, "下書き番号", 100, help_text="16文字の英数字", autocomplete="off")

    def clean(self):
        if self.errors:
            return
        self.draft = drafts.open_draft(self.cleaned_data["code"])
        if self.draft is None:
            raise forms.ValidationError(UNKNOWN)

"""What the desk writes of an organisation: its columns, which one it is a double of, until when to wait."""

from django import forms

from cityhall import text
from proposals.forms.desk.base import KeptForm
from proposals.forms.fields import FREE, MUST, Code, Drop, Katakana, Line, Site
from proposals.forms.section.fields import Day
from proposals.models import Organization, OrganizationKind
from proposals.services.organizations import COLUMNS


class ChangeForm(KeptForm):
    """What the desk knows of an organisation."""

    name = Line(MUST, "団体名", 100, room=300)
    kana = Katakana(
        FREE, "フリガナ", 100, room=300, help_text="全角カタカナ。似た名前の団体をさがすときに使います。"
    )
    kind = Drop(MUST, "区分", OrganizationKind.choices)
    corporate_number = Code(FREE, "法人番号", text.corporate_number, help_text="13桁。分かるときだけ。")
    postal_code = Code(FREE, "郵便番号", text.postal_code, help_text="7桁。")
    address = Line(FREE, "所在地", 200)
    website = Site(FREE, "ウェブサイト", max_length=300, assume_scheme="https")

    def __init__(self, data=None, *, kept, **options):
        now = {name: getattr(kept, name) for name in COLUMNS}
        super().__init__(data, kept=kept, initial=now, **options)


class MergeForm(KeptForm):
    """A double into the organisation it is (`into`)."""

    into = forms.ModelChoiceField(Organization.objects.living(), label="まとめ先", widget=forms.HiddenInput)
    note = Line(FREE, "理由", 200, help_text="記録に残ります。例：社名の書き方がちがうだけのため")


class WaitForm(KeptForm):
    """Until when an organisation is let be, and why."""

    until = Day(MUST, "いつまで待ちますか")
    reason = Line(MUST, "待つわけ", 200, help_text="例：繁忙期が終わる8月まで置く")


class FindForm(forms.Form):
    """What the list of organisations is narrowed to; anything else is a bad request."""

    q = forms.CharField(label="さがすことば", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="区分", required=False, choices=[("", "すべて"), *OrganizationKind.choices]
    )
    after = forms.ModelChoiceField(Organization.objects.all(), label="つづき", required=False)

    def clean(self):
        """Refuses what the address names twice, and what no field is for."""
        if any(name not in self.fields or len(self.data.getlist(name)) > 1 for name in self.data):
            raise forms.ValidationError("この絞り込みは読めませんでした。")
        return super().clean()

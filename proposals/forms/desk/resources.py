"""What the desk writes in the register of 地域資源, and what its list is narrowed to."""

from django import forms
from django.utils import timezone

from cityhall import text
from proposals import town
from proposals.forms.desk.base import DeskForm, KeptForm
from proposals.forms.fields import FREE, MUST, Code, Drop, Line, Lines, Mail, Pick, Tick, Ticks
from proposals.forms.section.fields import Day
from proposals.models import OrganizationKind, Resource
from proposals.services.resources import CONTACT, TOLD

Consent = Resource.Consent
HEARD = "例：代表の方から電話で"
STATES = [
    ("", "すべて"),
    ("shown", "紹介してよい"),
    ("not_asked", "まだ聞いていない"),
    ("no", "紹介しない"),
    ("stale", "未確認"),
]


def _any(words: list[str]) -> list[tuple[str, str]]:
    return [("", "すべて"), *((word, word) for word in words)]


class ToldForm(forms.Form):
    """What an organisation tells of itself, or of one of its activities."""

    kind = Pick(MUST, "登録するもの", Resource.Kind.choices, initial=Resource.Kind.ORGANIZATION)
    name = Line(
        FREE, "活動名", 100, help_text="「活動」のときだけ。例：架空こども食堂（団体の名前とは別のとき）"
    )
    told = Lines(FREE, "活動の内容", 600)
    activities = Ticks(MUST, "活動の分野", town.ACTIVITIES)
    forms = Ticks(FREE, "支援の形", town.FORMS)
    areas = Ticks(MUST, "区域", town.AREAS, help_text="市の境をこえて動く団体は、いくつでも。")
    place = Line(FREE, "場所", 200, help_text="例：相武台前駅から歩いて6分")
    days = Line(FREE, "曜日・時間", 100, help_text="例：火・木の16時から18時")
    offers = Line(FREE, "出せるもの", 200, help_text="例：登録ボランティア12人、調理室")
    wants = Line(FREE, "求めるもの", 200, help_text="例：食材、学生の手伝い")
    capacity = Line(FREE, "受けられる数", 100, help_text="例：1回20人まで")
    capacity_on = Day(FREE, "その数を聞いた日")

    def clean(self):
        """An activity has a name of its own, an organisation has its own name."""
        given = super().clean()
        if given.get("kind") == Resource.Kind.ACTIVITY and not given.get("name"):
            self.add_error("name", "活動名をお書きください。")
        if given.get("kind") == Resource.Kind.ORGANIZATION and given.get("name"):
            self.add_error("name", "団体そのものの登録では、活動名は空けてください。")
        return given


class ContactForm(forms.Form):
    """Whom to call."""

    contact_name = Line(FREE, "連絡する人", 60)
    email = Mail(FREE, "メールアドレス", help_text="年に一度の確かめの手紙と、引き合わせの知らせが届きます。")
    phone = Code(FREE, "電話番号", text.phone)


class AddForm(ContactForm, ToldForm, DeskForm):
    """A new entry: whose it is, what it tells, whether it may be named."""

    organization = Line(
        MUST, "団体名", 100, room=300, help_text="同じ名前と区分の団体があれば、その登録になります。"
    )
    organization_kind = Drop(MUST, "団体の区分", OrganizationKind.choices, initial=OrganizationKind.CIVIC)
    consent = Pick(
        MUST,
        "ほかの課や提案者に紹介してよいか",
        Consent.choices,
        initial=Consent.NOT_ASKED,
        help_text="「紹介してよい」と聞くまでは、候補・地図・資源の本・書き出しのどれにも出ません。",
    )
    consent_on = Day(FREE, "それを聞いた日")
    verified_on = Day(FREE, "内容を確かめた日", help_text="団体に、書いた内容でよいかを確かめたときだけ。")

    field_order = ["organization", "organization_kind"]

    def clean(self):
        given = super().clean()
        if given.get("consent") not in (None, "", Consent.NOT_ASKED) and not given.get("consent_on"):
            self.add_error("consent_on", "聞いた日を入れてください。")
        return given

    def for_service(self) -> dict:
        """What the service asks for, by its own names."""
        given = dict(self.cleaned_data)
        named = {"name": given.pop("organization"), "kind": given.pop("organization_kind")}
        if given["consent"] == Consent.NOT_ASKED:
            given["consent_on"] = None
        return {"organization": named, **given}


class ChangeForm(KeptForm, ToldForm):
    """What has changed of what it tells."""

    def __init__(self, data=None, *, kept, **options):
        super().__init__(data, kept=kept, initial={name: getattr(kept, name) for name in TOLD}, **options)


class ChangeContactForm(KeptForm, ContactForm):
    """Whom to call, opened and put right."""

    def __init__(self, data=None, *, kept, **options):
        super().__init__(data, kept=kept, initial={name: getattr(kept, name) for name in CONTACT}, **options)


class VerifyForm(KeptForm):
    """It was asked, and all is as it stands."""

    on = Day(MUST, "確かめた日", initial=timezone.localdate)
    heard = Line(FREE, "だれから、どうやって", 100, help_text=HEARD)


class ConsentForm(KeptForm):
    """What it said about being named to others."""

    consent = Pick(MUST, "紹介してよいか", Consent.choices)
    on = Day(MUST, "聞いた日", initial=timezone.localdate)
    heard = Line(FREE, "だれから、どうやって", 100, help_text=HEARD)

    def __init__(self, data=None, *, kept, **options):
        super().__init__(data, kept=kept, initial={"consent": kept.consent}, **options)


class RemoveForm(KeptForm):
    """Why it leaves, and whether all of its organisation does."""

    reason = Line(MUST, "登録から外すわけ", 200, help_text="記録に残ります。例：団体から連絡があった")
    everything = Tick(FREE, "この団体の、ほかの登録もすべて外す")

    def for_service(self) -> dict:
        """A wish to leave is heard from a page of any age."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class FindForm(forms.Form):
    """What the list is narrowed to; anything else is a bad request."""

    q = forms.CharField(label="さがすことば", required=False, max_length=100)
    area = forms.ChoiceField(label="区域", required=False, choices=_any(town.AREAS))
    activity = forms.ChoiceField(label="活動の分野", required=False, choices=_any(town.ACTIVITIES))
    form = forms.ChoiceField(label="支援の形", required=False, choices=_any(town.FORMS))
    state = forms.ChoiceField(label="紹介・確かめ", required=False, choices=STATES)
    after = forms.ModelChoiceField(
        Resource.objects.select_related("organization"), label="つづき", required=False
    )

    def clean(self):
        """Refuses what the address names twice, and what no field is for."""
        if any(name not in self.fields or len(self.data.getlist(name)) > 1 for name in self.data):
            raise forms.ValidationError("この絞り込みは読めませんでした。")
        return super().clean()


class ExportForm(FindForm):
    """The list as a file, narrowed in the same way."""

    after = None
    format = forms.ChoiceField(label="形式", choices=[("xlsx", "XLSX"), ("csv", "CSV")])

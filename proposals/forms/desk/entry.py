"""What came by telephone, by visit or on paper."""

from collections.abc import Iterator
from copy import deepcopy

from django import forms
from django.utils import timezone

from cityhall import text
from proposals.came import HOW, ROUTES
from proposals.forms.desk.care import new_key
from proposals.forms.fields import FREE, MUST, Code, Hiragana, Line, Lines, Mail, Pick, Ticks
from proposals.forms.propose import CONTACT, ORGANIZATION, SUBMISSION, filled
from proposals.forms.questions import Agreement, Organization, Substance, Wishes
from proposals.forms.section.fields import Day
from proposals.forms.words import FIELDS, ORGANIZATION_KINDS
from proposals.models import Hint, Track

# what is asked here in other words, or is the proposer's own to give
LEFT_OUT = {
    *("organization_name", "organization_kind", "corporate_number", "section", "contact_name"),
    *("contact_kana", "email", "email_again", "phone", "title", "overview", "fields"),
    *("answer_to", "papers", "notices", "pledges", "privacy"),
}
MORE = {
    name: field
    for part in (Organization, Substance, Wishes, Agreement)
    for name, field in part.base_fields.items()
    if name not in LEFT_OUT
}


class EntryForm(forms.Form):
    """A phone call, a visit or a paper, keyed in at the desk: what is known is enough."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False, initial=new_key)
    track = Pick(
        MUST,
        "区分",
        Track.choices,
        initial=Track.CONSULTATION,
        help_text="迷ったら「相談」で構いません。あとから「提案」にできます。",
    )
    how = Pick(FREE, "どのように", HOW)
    route = Pick(FREE, "だれを通って", ROUTES)
    route_note = Line(FREE, "紹介した課や人", 200, help_text="庁内の課や庁外の方を通ったときに。")
    first_contact_on = Day(
        MUST, "初回相談日", initial=timezone.localdate, help_text="はじめて話を聞いた日です。"
    )
    received_on = Day(
        FREE,
        "受付日",
        help_text="提案のときだけ。空欄なら今日になります。相談では使いません。",
    )
    organization_name = Line(MUST, "団体名", 100, room=300)
    corporate_number = Code(FREE, "法人番号", text.corporate_number, help_text="13桁。分かるときだけ。")
    organization_kind = Pick(MUST, "団体の区分", ORGANIZATION_KINDS)
    title = Line(MUST, "件名", 40, room=200, help_text="一目で分かる名前")
    overview = Lines(MUST, "概要", 1000, help_text="聞いたことを、そのままの言葉で。")
    fields_of_work = Ticks(FREE, "分野", FIELDS)
    contact_section = Line(FREE, "担当者の部署", 60)
    contact_name = Line(FREE, "担当者の氏名", 60)
    contact_kana = Hiragana(FREE, "担当者のふりがな", 60)
    phone = Code(FREE, "電話番号", text.phone)
    email = Mail(FREE, "メールアドレス", help_text="あれば、あとのお知らせをここへ送ります。")

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        offered = Substance(is_checked=False)
        for name, asked in MORE.items():
            field = deepcopy(asked)
            field.required = field.needed = False  # the form's ● and ◎ bind the public form only
            field.least = 0
            self.fields[name] = field
        self.themes = offered.themes
        for name in ("theme", "wished_month"):
            self.fields[name].choices = offered.fields[name].choices

    def main(self) -> Iterator[forms.BoundField]:
        """What is asked of every call."""
        return (self[name] for name in self.base_fields if name != "key")

    def more(self) -> Iterator[forms.BoundField]:
        """The other fields of the paper form."""
        return (self[name] for name in MORE)

    @property
    def has_more(self) -> bool:
        """Whether anything was typed or is wrong among them."""
        return self.is_bound and any(self[name].errors or self[name].data for name in MORE)

    def clean_theme(self):
        return self.themes.get(self.cleaned_data["theme"])

    def clean_wished_month(self):
        return Substance.clean_wished_month(self)

    def clean_sdgs(self):
        return Substance.clean_sdgs(self)

    def refuse(self, refusal) -> None:
        """Say why, and take another key: what is sent next is an entry of its own."""
        self.add_error(None, str(refusal))
        self.data = self.data.copy()
        self.data["key"] = new_key()

    def for_service(self) -> dict:
        """What `intake.enter` asks for."""
        given = self.cleaned_data
        named = given | {"section": given["contact_section"], "fields": given["fields_of_work"]}
        is_proposal = given["track"] == Track.PROPOSAL
        return {
            "words": filled(named, SUBMISSION) | {"key": given["key"] or None},
            "organization": filled(named, ORGANIZATION),
            "contact": filled(named, CONTACT),
            "track": given["track"],
            "first_contact_on": given["first_contact_on"],
            "received_on": given["received_on"] if is_proposal else None,
            "came": {"how": given["how"], "route": given["route"], "note": given["route_note"]},
        }


def heard(hint: Hint) -> dict:
    """The first words of an entry, from what a section heard."""
    where = "email" if "@" in hint.reach else "phone"
    return {
        "how": hint.how,
        "route": "section",
        "route_note": str(hint.department),
        "first_contact_on": hint.heard_on,
        "organization_name": hint.organization_name,
        "overview": hint.text,
        "contact_name": hint.person,
        where: hint.reach,
    }

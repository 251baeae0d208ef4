"""What came by telephone, by visit or on paper."""

import secrets

from django import forms
from django.utils import timezone

from cityhall import text
from proposals.forms.fields import FREE, MUST, Code, Hiragana, Line, Lines, Mail, Pick, Ticks
from proposals.forms.section.fields import Day
from proposals.forms.words import FIELDS, ORGANIZATION_KINDS
from proposals.models import Track


class EntryForm(forms.Form):
    """A phone call, a visit or a paper, keyed in at the desk: what is known is enough."""

    key = forms.CharField(
        widget=forms.HiddenInput, max_length=64, required=False, initial=lambda: secrets.token_urlsafe(24)
    )
    track = Pick(
        MUST,
        "区分",
        Track.choices,
        initial=Track.CONSULTATION,
        help_text="迷ったら「相談」で構いません。あとから「提案」にできます。",
    )
    first_contact_on = Day(
        MUST, "初回相談日", initial=timezone.localdate, help_text="はじめて話を聞いた日です。"
    )
    received_on = Day(
        FREE,
        "受付日",
        help_text="提案のときだけ。空欄なら今日になります。相談では使いません。",
    )
    organization_name = Line(MUST, "団体名", 100, room=300)
    organization_kind = Pick(MUST, "団体の区分", ORGANIZATION_KINDS)
    corporate_number = Code(FREE, "法人番号", text.corporate_number, help_text="13桁。分かるときだけ。")
    title = Line(MUST, "件名", 40, room=200, help_text="一目で分かる名前")
    overview = Lines(MUST, "概要", 1000, help_text="聞いたことを、そのままの言葉で。")
    fields_of_work = Ticks(FREE, "分野", FIELDS)
    contact_section = Line(FREE, "担当者の部署", 60)
    contact_name = Line(FREE, "担当者の氏名", 60)
    contact_kana = Hiragana(FREE, "担当者のふりがな", 60)
    phone = Code(FREE, "電話番号", text.phone)
    email = Mail(FREE, "メールアドレス", help_text="あれば、あとのお知らせをここへ送ります。")

    def refuse(self, refusal) -> None:
        """Say why, and take another key: what is sent next is an entry of its own."""
        self.add_error(None, str(refusal))
        self.data = self.data.copy()
        self.data["key"] = self.fields["key"].initial()

    def for_service(self) -> dict:
        """What `intake.enter` asks for."""
        given = self.cleaned_data
        is_proposal = given["track"] == Track.PROPOSAL
        return {
            "words": {
                "key": given["key"] or None,
                "title": given["title"],
                "overview": given["overview"],
                "fields": given["fields_of_work"],
            },
            "organization": {
                "name": given["organization_name"],
                "kind": given["organization_kind"],
                "corporate_number": given["corporate_number"],
            },
            "contact": {
                "section": given["contact_section"],
                "name": given["contact_name"],
                "kana": given["contact_kana"],
                "phone": given["phone"],
                "email": given["email"],
            },
            "track": given["track"],
            "first_contact_on": given["first_contact_on"],
            "received_on": given["received_on"] if is_proposal else None,
        }

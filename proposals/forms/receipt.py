"""The forms of a receipt page: number and code at its door, a reply, a withdrawal."""

import json
import re
import secrets
import unicodedata
from itertools import chain

from django import forms
from django.core import signing

from proposals.forms.fields import ANYWAY, MUST, Line, Lines
from proposals.forms.papers import Papers
from proposals.models import Message
from proposals.services import receipts, withdrawing
from proposals.told import Told

UNKNOWN = "受付番号と確認番号を、控えのとおりに入れてください。全角・半角、ハイフンの有無は問いません。"

AFTER_THE_END = "終わった案件にも書けます。窓口が読みます。"


class ReceiptForm(forms.Form):
    """Wrong number and wrong code get one answer, and what was typed stays."""

    refusal_title = "番号が確かめられませんでした"
    number = Line(MUST, "受付番号", 40, help_text="例 R8-0001")
    code = Line(MUST, "確認番号", 100, help_text="送ったあとの画面に出た、30字の英数字")
    kept = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean_number(self):
        typed = re.sub(r"[^RHS0-9]", "", unicodedata.normalize("NFKC", self.cleaned_data["number"]).upper())
        return f"{typed[:-4]}-{typed[-4:]}"

    def clean_kept(self) -> tuple[str, list]:
        """The path that typed words were going to, and the words as (name, text)."""
        try:
            path, typed = json.loads(self.cleaned_data["kept"])
            typed = [(str(name), str(words)) for name, words in typed]
            "".join([path, *chain(*typed)]).encode()  # no half of a sign
            return path, typed
        except (TypeError, ValueError, RecursionError):
            return "", []

    def clean(self):
        if self.errors:
            return
        self.proposal = receipts.open_receipt(self.cleaned_data["number"], self.cleaned_data["code"])
        if self.proposal is None:
            raise forms.ValidationError(UNKNOWN)


class Stamped(forms.Form):
    """A form sent twice is one; its signed stamp holds the key, the newest message and letter of its page."""

    refusal_title = "まだ送られていません"
    SALT = "proposals.receipt"
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def new_stamp(cls, seen: int, letter: int, key: str = "") -> str:
        """A stamp for a page about to be drawn."""
        return signing.dumps([key or secrets.token_urlsafe(24), seen, letter], salt=cls.SALT)

    def clean_stamp(self) -> str:
        try:
            self.key, self.seen, self.letter = signing.loads(self.cleaned_data["stamp"], salt=self.SALT)
        except (signing.BadSignature, ValueError):  # or one of before letters were in it
            raise forms.ValidationError(
                "画面が古くなっていました。もう一度ボタンを押してください。"
            ) from None
        return self.cleaned_data["stamp"]

    def renew(self, seen: int, letter: int, *, with_key: bool = False):
        """Show the form again: with the same key, or with one of its own."""
        self.data = self.data.copy()
        self.data["stamp"] = self.new_stamp(seen, letter, "" if with_key else getattr(self, "key", ""))


class ReplyForm(Stamped):
    """What the proposer writes to the desk, with papers or a paper alone."""

    text = Lines(ANYWAY, "お返事", Message._meta.get_field("text").max_length)
    papers = Papers(label="書類を添える")
    text.plain = papers.plain = True

    def word(self, told: Told, *, is_asked: bool):
        """Name the field after what is written in it: an answer, anything else, a word after the end."""
        self.fields["text"].label = "お返事" if is_asked else "窓口に書く"
        self.fields["text"].help_text = "送ると、窓口に届きます。" if told.is_open else AFTER_THE_END
        return self

    def clean(self):
        if not self.errors and not (self.cleaned_data["text"] or self.cleaned_data["papers"]):
            self.add_error("text", "お返事を書くか、書類を添えてください。")


class WithdrawForm(Stamped):
    """The last word before a proposal is taken back."""

    note = Lines(ANYWAY, "理由", withdrawing.LONGEST, help_text="書かなくても取り下げられます。")


class GainForm(forms.Form):
    """What is good for the proposer's own side in a match."""

    refusal_title = "まだ残っていません"
    gain = Lines(ANYWAY, "あなた方にとって良いこと", 300, help_text="書き直すと、前の文と入れかわります。")
    gain.plain = True

"""What the desk writes to a proposer: questions, news, the letter that tells a result."""

import secrets

from django import forms

from proposals.forms.desk.base import CaseForm
from proposals.forms.fields import FREE, MUST, Line, Lines, Pick, Tick
from proposals.forms.section.fields import WHEN_CHOSEN, Day
from proposals.services.conversation import LONGEST

ASK, TELL = "ask", "tell"
KINDS = [(ASK, "お尋ね（返事が要る）"), (TELL, "連絡（返事は要らない）")]
HINTS = {
    ASK: "返事があるまで、いまの番は提案者です。待った日は、提案者の日数として数えます。",
    TELL: "いまの番は変わりません。",
}
SETTLED = "電話などで返事を聞いたので、いま待っているお尋ねを終える"


class TalkForm(CaseForm):
    """A question that waits for an answer until a day, or news; sent once for its key."""

    slot = "talk"
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=lambda: secrets.token_urlsafe(24))
    kind = Pick(MUST, "何を書きますか", KINDS, hints=HINTS, initial=ASK)
    text = Lines(MUST, "提案者への文", LONGEST, help_text="そのまま提案者のページに出ます。")
    due_on = Day(WHEN_CHOSEN, "返事の期限", help_text="お尋ねのときだけ使います。ふつうは5開庁日です。")
    department = forms.TypedChoiceField(
        label="質問した課",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="お尋ねのときだけ使います。選ぶと、提案者にも課の名が見えます。",
        error_messages={"invalid_choice": "一覧にある課を選んでください。"},
    )
    is_settled = Tick(FREE, SETTLED, help_text="連絡のときだけ使います。")

    def __init__(self, data=None, *, proposal, sections, due_on, waits=False, **options):
        """`sections` have a part in the case; `waits` tells that a question is not answered yet."""
        super().__init__(data, proposal=proposal, initial={"due_on": due_on}, **options)
        self.sections = {section.pk: section for section in sections}
        self.fields["department"].choices = [("", "課の名は出さない"), *self.sections.items()]
        if not proposal.is_open:  # after the end nothing is asked any more
            self.fields["kind"].choices, self.initial["kind"] = KINDS[1:], TELL
        for name, makes_sense in self._sense(proposal.is_open, waits).items():
            if not makes_sense:
                del self.fields[name]

    def _sense(self, is_open: bool, waits: bool) -> dict[str, bool]:
        return {"due_on": is_open, "department": is_open and bool(self.sections), "is_settled": waits}

    def clean(self):
        given = super().clean()
        if given.get("kind") == ASK and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "お尋ねには、返事の期限を入れてください。")
        return given

    def for_service(self) -> dict:
        """`asks` tells which service takes the rest."""
        given = self.cleaned_data
        told = {"asks": given["kind"] == ASK, "text": given["text"], "key": given["key"]}
        if not told["asks"]:
            return told | {"is_settled": given.get("is_settled", False)}
        section = self.sections.get(given.get("department"))
        return told | {"due_on": given["due_on"], "department": section, "version": given["version"]}

    def refuse(self, refusal) -> None:
        """Say why, and take another key: what is sent next is a text of its own."""
        super().refuse(refusal)
        self.data["key"] = self.fields["key"].initial()


class AnnounceForm(CaseForm):
    """The letter that tells the result, drafted and made the desk's own."""

    slot = "announce"
    document_number = Line(FREE, "文書番号", 40, help_text="文書管理で取った番号。取らないときは空のまま。")
    dated_on = Day(FREE, "日付")
    addressee = Lines(FREE, "宛名", 300)
    sender = Lines(FREE, "差出人", 200, help_text="市長名でなく、課の名で出します。")
    subject = Line(FREE, "標題", 100)
    text = Lines(
        MUST,
        "お知らせの文",
        4000,
        help_text="判断の記録からの下書きです。提案者に伝わる言葉に直してください。",
    )

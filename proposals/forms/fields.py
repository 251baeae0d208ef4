"""The fields of our forms: text in NFC as typed, codes folded, errors that say how to mend."""

import copy
import re
import unicodedata

import jaconv
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from cityhall import text

# the 要否 column of the form's table (domain.md §6); ANYWAY is ○, but asked in a 相談 too
MUST, FOR_PROPOSALS, FREE, ANYWAY = "●", "◎", "○", "○○"


def missing(sentence: str, *, where: str = "") -> ValidationError:
    """What is still asked for, in a sentence that stands alone in the summary; `where` tells rows apart."""
    return ValidationError(sentence, params={"summary": where + sentence})


class Needed:
    """Mixin: how a field is needed (●◎○), and what to say where it is empty, beside it and in the summary."""

    say_when_empty = "お書きください。"
    say_in_summary = "{label}をお書きください"

    def __init__(self, need: str, label: str, *, autocomplete: str = "", **options):
        options.setdefault("error_messages", {"required": self.say_when_empty})
        super().__init__(label=label, required=need == MUST, **options)
        if autocomplete:  # what a browser may fill in by itself (WCAG 1.3.5)
            self.widget.attrs["autocomplete"] = autocomplete
        self.needed = need == FOR_PROPOSALS
        self.only_proposal = need in (FOR_PROPOSALS, FREE)


class Line(Needed, forms.CharField):
    """One line of text; refuses broken signs, and text too long or too short by what a person sees.

    `room` is how many signs its column holds, those that nobody counts (marks, variants) among them.
    """

    multiline = False

    def __init__(
        self,
        need: str,
        label: str,
        most: int,
        least: int = 0,
        counted: bool = False,
        room: int = 0,
        **options,
    ):
        super().__init__(need, label, **options)
        self.max_length, self.least, self.counted, self.room = most, least, counted, room or most

    def to_python(self, value):
        value = super().to_python(value)
        if text.is_blank(value):
            return ""
        return refuse_in_words(text.clean, value, self.multiline)

    def validate(self, value):
        super().validate(value)
        now = text.length(value)
        if (over := now - self.max_length) > 0:
            shorter = f"{self.label}を{self.max_length}字までに短くしてください（いま {now}字）"
            raise ValidationError(
                f"{over}字ほど短くしてください。{self.max_length}字まで書けます。",
                params={"summary": shorter},
            )
        if (over := len(value) - self.room) > 0:
            raise ValidationError(f"字に重ねた記号や異体字の印が多すぎます。{over}個ほど減らしてください。")
        if value and now < self.least:
            raise ValidationError(f"{self.least}字以上でお書きください（いま {now}字）。")


class Lines(Line):
    """Several lines of text."""

    multiline = True
    widget = forms.Textarea


class Katakana(Line):
    """フリガナ; half-width kana and hiragana are made full-width katakana."""

    def to_python(self, value):
        kana = jaconv.hira2kata(text.full_katakana(super().to_python(value)))
        if kana and not re.fullmatch(r"[ァ-ヺー・\s]+", kana):
            raise ValidationError("全角カタカナでお書きください。記号と数字は読みをお書きください。")
        return kana


class Hiragana(Line):
    """ふりがな; katakana is made hiragana."""

    def to_python(self, value):
        kana = jaconv.kata2hira(text.full_katakana(super().to_python(value)))
        if kana and not text.is_hiragana(kana):
            raise ValidationError("ひらがなでお書きください。")
        return kana


class Code(Line):
    """A code whose full-width form is welcome; `read` folds it or says what is wrong."""

    def __init__(self, need: str, label: str, read, **options):
        super().__init__(need, label, 300, **options)
        self.read = read
        self.widget.attrs["class"] = "z-short"

    def clean(self, value):
        typed = super().clean(value)
        return refuse_in_words(self.read, typed) if typed else ""


class Mail(Needed, forms.EmailField):
    """An address for letters; full-width letters are welcome."""

    def __init__(self, need: str, label: str, **options):
        super().__init__(need, label, max_length=254, **options)

    def to_python(self, value):
        return unicodedata.normalize("NFKC", super().to_python(value)).strip()


class Site(Needed, forms.URLField):
    """A web page, http or https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def to_python(self, value):
        return refuse_in_words(text.clean, super().to_python(value))


class Shared:
    """Mixin of fields with choices: a form has the very same, not a copy of each (half of its cost)."""

    def __deepcopy__(self, memo):
        own = copy.copy(self)
        own.widget = copy.copy(self.widget)
        own.widget.attrs = self.widget.attrs.copy()
        return own


class Offered(Shared, Needed):
    """Mixin of our fields with choices."""


class Pick(Offered, forms.ChoiceField):
    """One of a few; `hints` are words under a choice."""

    say_when_empty = "選んでください。"
    say_in_summary = "{label}を選んでください"
    widget = forms.RadioSelect

    def __init__(self, need: str, label: str, choices, hints: dict | None = None, **options):
        super().__init__(need, label, choices=choices, **options)
        self.hints = hints or {}


class Drop(Pick):
    """One of many, in a list that opens."""

    widget = forms.Select


class Ticks(Offered, forms.MultipleChoiceField):
    """Any of a few, kept as the words themselves."""

    say_when_empty = "近いものを1つ以上選んでください。"
    say_in_summary = "{label}を1つ以上選んでください"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, need: str, label: str, words: list[str], **options):
        super().__init__(need, label, choices=[(word, word) for word in words], **options)


class Version(forms.IntegerField):
    """Which saving of a thing the page showed (D11); what cannot be read asks to open the page anew."""

    widget = forms.HiddenInput

    def __init__(self):
        anew = "画面を開き直してから、もう一度押してください。"
        super().__init__(error_messages={"required": anew, "invalid": anew})


class Tick(Needed, forms.BooleanField):
    """One box to tick."""

    say_when_empty = "お読みのうえ、印をつけてください。"
    say_in_summary = "「{label}」に印をつけてください"


def refuse_in_words(read, *given):
    """Read something; what the reader refuses becomes the field's error."""
    try:
        return read(*given)
    except ValueError as refusal:
        raise ValidationError(str(refusal)) from None


def amount(typed: str) -> int:
    """Yen as typed: 50万, 500,000円 and full-width digits are read."""
    folded = re.sub(r"[\s,、円約]", "", unicodedata.normalize("NFKC", typed))
    found = re.fullmatch(r"(\d{1,8})(万|千)?", folded) or re.fullmatch(r"(\d{1,12})()", folded)
    if not found:
        raise ValueError("金額を数字でお書きください（例 500000）。")
    return int(found[1]) * {"万": 10_000, "千": 1_000}.get(found[2], 1)

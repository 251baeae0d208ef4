"""What may be stored (NFC, as typed), what is searched (a folded key), and the codes a form asks for."""

import re
import unicodedata

import jaconv
import phonenumbers
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.jp import cn

# NFC would fold these name kanji (U+FA10 塚, U+FA19 神, U+FA1B 福 …) into others: they stay as typed.
_COMPOSABLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# fmt: off
_LEGAL_FORMS = (
    "株式会社", "有限会社", "合同会社", "合資会社", "合名会社",
    "一般社団法人", "公益社団法人", "一般財団法人", "公益財団法人",
    "認定特定非営利活動法人", "特定非営利活動法人", "認定NPO法人", "NPO法人",
    "社会福祉法人", "医療法人社団", "医療法人財団", "医療法人", "学校法人",
    "国立大学法人", "公立大学法人", "独立行政法人", "地方独立行政法人", "宗教法人", "協同組合",
    "(株)", "(有)", "(同)", "(資)", "(名)", "(一社)", "(公社)",
    "(一財)", "(公財)", "(特非)", "(福)", "(医)", "(学)",
)
# fmt: on


# --- what may be stored ---------------------------------------------------


def clean(text: str, multiline: bool = False) -> str:
    """The text as typed, in NFC; refuses broken signs and control characters (but \\n \\t in long text)."""
    if multiline:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\ufffd" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("読めない文字（文字化け）があります。文字コードを確かめるか、打ち直してください。")
    for control in _CONTROL.findall(text):
        if not (multiline and control in "\n\t"):
            raise ValueError(_control_sentence(control))
    return _COMPOSABLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


def is_blank(text: str) -> bool:
    """Whether nothing can be seen of the text: white space and zero-width characters do not count."""
    return not _INVISIBLE.sub("", text).strip()


def length(text: str) -> int:
    """How many characters a person sees: combining marks, variation selectors and joiners do not count."""
    seen = _VARIATION.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return sum(not unicodedata.combining(sign) for sign in seen)


def _control_sentence(control: str) -> str:
    if control in "\r\n":
        return "改行は入れられません。1行で書いてください。"
    if control == "\t":
        return "タブは入れられません。空白に直してください。"
    return f"目に見えない制御文字（U+{ord(control):04X}）があります。消してください。"


# --- what is searched -----------------------------------------------------


def search_key(text: str) -> str:
    """The text folded for comparison only: NFKC, small letters, kana as hiragana, without spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = _VARIATION.sub("", _INVISIBLE.sub("", folded))
    return re.sub(r"\s", "", jaconv.kata2hira(folded))


def name_key(text: str) -> str:
    """The search key of an organisation's name, without its legal form (株式会社, (株) …) and marks."""
    key = search_key(text)
    for form in _FORM_KEYS:
        key = key.removeprefix(form).removesuffix(form)
    return re.sub(r"[^\w]", "", key) or search_key(text)


def digits(text: str) -> str:
    """Only the digits, as half-width ones."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


_FORM_KEYS = [search_key(form) for form in _LEGAL_FORMS]


# --- kana -----------------------------------------------------------------


def full_katakana(text: str) -> str:
    """Half-width katakana made full-width; letters and digits stay."""
    return jaconv.h2z(text, kana=True, ascii=False, digit=False)


def is_hiragana(text: str) -> bool:
    """Whether the text is hiragana (ー, ・ and spaces may stand between) and nothing else."""
    return bool(re.fullmatch(r"[ぁ-ゖゝゞー・ 　]+", text)) and not is_blank(text)


# --- codes ----------------------------------------------------------------


def corporate_number(text: str) -> str:
    """The 13 digits of a 法人番号; refuses a wrong length, other signs and a wrong check digit."""
    number = re.sub(r"[\s\-‐−]", "", unicodedata.normalize("NFKC", text))
    try:
        return cn.validate(number)
    except InvalidChecksum:
        raise ValueError(
            f"法人番号「{text}」は、検査用数字が合いません。写しまちがいがないか確かめてください。"
        ) from None
    except ValidationError:
        raise ValueError(f"法人番号「{text}」は、13桁の数字で書いてください。") from None


def phone(text: str) -> str:
    """The number as written in Japan, 046-252-7966; refuses what is no telephone number, and extensions."""
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text), "JP")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError(f"「{text}」は電話番号として読めません。市外局番から書いてください。")
    if number.extension:
        raise ValueError(f"「{text}」の内線は、ここには入れられません。代表の番号だけを書いてください。")
    form = "NATIONAL" if number.country_code == 81 else "INTERNATIONAL"
    return phonenumbers.format_number(number, getattr(phonenumbers.PhoneNumberFormat, form))


def postal_code(text: str) -> str:
    """252-8566; refuses anything but seven digits."""
    found = re.fullmatch(r"〒?(\d{3})[-‐−ー]?(\d{4})", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if not found:
        raise ValueError(f"郵便番号「{text}」は、7桁の数字で書いてください。")
    return f"{found[1]}-{found[2]}"
